using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Server.Commands;

/// <summary><c>clv segments</c></summary>
internal static class SegmentsCommand
{
    public static Command Create()
    {
        var command = new Command("segments", "Show all segments: customers, value so far, predicted value, value at risk.");
        command.SetAction((parsed, cancellation) => Service.ShowAsync(parsed, http => http.GetAsync("api/segments", cancellation), Print, cancellation));
        return command;
    }

    private static void Print(JsonElement report)
    {
        var rows = report.GetProperty("segments").EnumerateArray().Where(r => Of(r, "customers") > 0).ToList();
        if (rows.Count == 0)
        {
            Console.WriteLine("There are no customers yet.");
            return;
        }

        var currency = report.GetProperty("currency").GetString();
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (title, isText) in ((string, bool)[])[
            ("Segment", true), ("Customers", false), ($"Value so far, {currency}", false), ($"Predicted, {currency}", false),
            ("Orders expected", false), ($"At risk, {currency}", false), ("Average order", false), ("P(alive)", false)])
        {
            table.AddColumn(new TableColumn(title) { Alignment = isText ? Justify.Left : Justify.Right });
        }

        foreach (var row in rows)
        {
            Add(row.GetProperty("name").GetString()!, row);
        }

        table.AddEmptyRow();
        Add("All buyers", report.GetProperty("total"));
        Terminal.Output.Write(table);
        Terminal.Output.WriteLine($"as of {report.GetProperty("at").GetString()}");

        void Add(string name, JsonElement row) => table.AddRow(
            new Text(name),
            Whole(Of(row, "customers")), Whole(Of(row, "historicValue")), Whole(Of(row, "predictedValue")), Whole(Of(row, "expectedOrders")),
            Whole(Of(row, "valueAtRisk")), Cell(Of(row, "averageOrderValue"), "N2"), Cell(Of(row, "averageProbabilityAlive"), "0.00"));
    }

    private static decimal Of(JsonElement row, string name) => row.GetProperty(name).GetDecimal();

    private static Text Whole(decimal number) => Cell(number, "N0");

    private static Text Cell(decimal number, string format) => new(number.ToString(format, CultureInfo.InvariantCulture));
}
