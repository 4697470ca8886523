using System.Globalization;
using System.Text.Json;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Reports;
using Spectre.Console;

namespace ClvOrleans.Server.Commands;

/// <summary>Prints a backtest: one row a model.</summary>
internal static class BacktestTable
{
    public static void Print(BacktestResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(BacktestView.Of(result), BacktestView.Json));
            return;
        }

        var past = result.Past;
        var text = Terminal.Output;
        var table = new Table().Border(TableBorder.Simple).AddColumn("model");
        foreach (var column in ScoreColumn.All.Select(c => c.Name).Append("fit s").Append("predict s"))
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        }

        foreach (var row in result.Rows)
        {
            table.AddRow(
            [
                row.Score is null ? $"{Markup.Escape(row.Model)}: {Markup.Escape(row.Description)}" : Markup.Escape(row.Model),
                .. ScoreColumn.All.Select(c => c.IsBest(row.Score, result.Rows) ? $"[bold]{c.Text(row.Score)}[/]" : c.Text(row.Score)),
                row.FitTime.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture),
                row.ForecastTime.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture),
            ]);
        }

        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{past.Buyers.Length} customers with a paid order up to {past.End:yyyy-MM-dd}; {result.Task.Value.ToString().ToLowerInvariant()} value of {result.Task.Horizon.Days} days up to {result.HoldoutEnd:yyyy-MM-dd}"));
        text.Write(table);
        foreach (var row in result.Rows.Where(r => r.Score is not null))
        {
            text.WriteLine($"{row.Model}: {row.Description}");
        }
    }
}
