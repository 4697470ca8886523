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
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var service = await Service.ReachAsync(parsed, null, cancellation);
            using var reply = await service.Http.GetAsync("api/segments", cancellation);
            var body = await Service.ReadAsync(reply, cancellation);
            if (parsed.GetValue(Shared.Json))
            {
                Console.WriteLine(body);
                return 0;
            }

            using var document = JsonDocument.Parse(body);
            Print(document.RootElement);
            return 0;
        });
        return command;
    }

    private static void Print(JsonElement report)
    {
        var rows = report.GetProperty("segments").EnumerateArray().ToList();
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
            table.AddRow(
                new Text(row.GetProperty("name").GetString()!),
                Whole(Of(row, "customers")), Whole(Of(row, "historicValue")), Whole(Of(row, "predictedValue")), Whole(Of(row, "expectedOrders")),
                Whole(Of(row, "valueAtRisk")), Cell(Of(row, "averageOrderValue"), "N2"), Cell(Of(row, "averageProbabilityAlive"), "0.00"));
        }

        var customers = Sum("customers");
        var alive = customers == 0 ? 0 : rows.Sum(r => Of(r, "averageProbabilityAlive") * Of(r, "customers")) / customers;
        table.AddEmptyRow();
        table.AddRow(
            new Text("All"),
            Whole(customers), Whole(Sum("historicValue")), Whole(Sum("predictedValue")), Whole(Sum("expectedOrders")), Whole(Sum("valueAtRisk")),
            new Text(""), Cell(alive, "0.00"));
        Terminal.Output.Write(table);
        Terminal.Output.WriteLine($"as of {report.GetProperty("at").GetString()}");

        decimal Sum(string name) => rows.Sum(r => Of(r, name));
    }

    private static decimal Of(JsonElement row, string name) => row.GetProperty(name).GetDecimal();

    private static Text Whole(decimal number) => Cell(number, "N0");

    private static Text Cell(decimal number, string format) => new(number.ToString(format, CultureInfo.InvariantCulture));
}
