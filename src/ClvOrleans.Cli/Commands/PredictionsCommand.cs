using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv predictions</c></summary>
internal static class PredictionsCommand
{
    public static Command Create()
    {
        var days = new Option<int>("--days")
        {
            Description = "Predictions made within so many days before today, 1 to 3,650.",
            HelpName = "N",
            DefaultValueFactory = _ => 730,
        };
        var command = new Command(
            "predictions", "Show what was predicted of all buyers, lifecycles and own segments together, and what came of it: how far the "
                + "level was off, and how often totals and customers were within their 80 % intervals.")
        {
            days,
        };
        command.SetAction((parsed, cancellation) => Service.ShowAsync(
            parsed, http => http.GetAsync($"api/v1/predictions?days={parsed.GetValue(days)}", cancellation), Print, cancellation));
        return command;
    }

    private static void Print(JsonElement report)
    {
        var currency = report.GetProperty("currency").GetString();
        var totals = TableOf("Made on", "Until", "Model", "Buyers", $"Expected, {currency}", "80 % from", "to", "Came", "Within");
        foreach (var total in report.GetProperty("predictions").EnumerateArray().Where(t => t.GetProperty("group").GetString() == "total"))
        {
            var interval = total.GetProperty("interval");
            totals.AddRow([
                Text(total, "madeOn"), Text(total, "until"), Text(total, "model"), Number(total, "customers", "N0"),
                Number(total, "expected", "N0"), Number(interval, "lower", "N0"), Number(interval, "upper", "N0"),
                Number(total, "actual", "N0"), Held(total.GetProperty("isHeld"))]);
        }

        Terminal.List(totals, "Nothing was predicted yet: the service keeps what it predicts at night.");
        var groups = TableOf(
            "Days", "Buyers", "Predictions", "Level off by", "Bias", "Worst factor", "Totals within", "Customers below", "Above");
        foreach (var row in report.GetProperty("horizons").EnumerateArray())
        {
            groups.AddRow([
                Number(row, "days", "N0"), Text(row, "group"), Number(row, "predictions", "N0"), Number(row, "levelError", "0.000"),
                Number(row, "levelBias", "+0.000;-0.000"), Number(row, "worstFactor", "0.00"), Number(row, "held", "P0"),
                Number(row, "customersBelow", "P1"), Number(row, "customersAbove", "P1")]);
        }

        if (totals.Rows.Count > 0)
        {
            Terminal.List(groups, "Of no prediction the days have passed.");
        }
    }

    private static Table TableOf(params string[] titles)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        return table;
    }

    private static string Held(JsonElement held) => held.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => "-",
    };

    private static string Text(JsonElement row, string name) => Markup.Escape(row.GetProperty(name).GetString()!);

    private static string Number(JsonElement row, string name, string format) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
            ? number.GetDouble().ToString(format, CultureInfo.InvariantCulture)
            : "-";
}
