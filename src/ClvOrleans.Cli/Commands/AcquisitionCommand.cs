using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv acquisition</c></summary>
internal static class AcquisitionCommand
{
    public static Command Create()
    {
        var by = new Option<string>("--by")
        {
            Description = "channel (source and medium of the first campaign) or product (the main one of the first order).",
            HelpName = "WHAT",
            DefaultValueFactory = _ => "channel",
        };
        by.AcceptOnlyFromAmong("channel", "product");
        var command = new Command(
            "acquisition", "Show what a customer who is not here yet is worth, by channel or first product: what a bid for them may cost.")
        {
            by,
        };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync($"api/v1/acquisition?by={parsed.GetValue(by)}", cancellation), Print, cancellation));
        return command;
    }

    private static void Print(JsonElement report)
    {
        if (report.GetProperty("all") is not { ValueKind: JsonValueKind.Object } all)
        {
            Console.WriteLine("Nobody has bought yet.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn(report.GetProperty("by").GetString()!);
        foreach (var title in (string[])["Customers", "Value", "80 % from", "to", "First purchase", "Further purchases", "Spend on each"])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var row in report.GetProperty("groups").EnumerateArray())
        {
            Add(row.GetProperty("name").GetString() ?? "(not known)", row);
        }

        table.AddEmptyRow();
        Add("All", all);
        Terminal.Output.Write(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Expected of the next customer, {report.GetProperty("currency").GetString()}: the first purchase and those of "
            + $"{report.GetProperty("horizonDays").GetInt32()} days after it. Few customers are drawn towards the mean of all."));

        void Add(string name, JsonElement row)
        {
            var interval = row.GetProperty("interval");
            table.AddRow([
                Markup.Escape(name), Number(row, "customers", "N0"), Number(row, "value", "N2"), Number(interval, "lower", "N2"),
                Number(interval, "upper", "N2"), Number(row, "firstPurchase", "N2"), Number(row, "repeatPurchases", "0.00"),
                Number(row, "spendPerRepeat", "N2")]);
        }
    }

    private static string Number(JsonElement row, string name, string format) =>
        row.GetProperty(name).GetDecimal().ToString(format, CultureInfo.InvariantCulture);
}
