using System.Globalization;
using ClvOrleans.Training.Backtests.Reports;
using Spectre.Console;

namespace ClvOrleans.Server.Commands;

/// <summary>Prints a backtest for people: one row a model, the best of each column in bold.</summary>
internal static class BacktestTable
{
    public static void Print(BacktestView view)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("model");
        foreach (var column in ScoreColumn.All.Select(c => c.Name).Append("fit s").Append("predict s"))
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        }

        var scores = view.Models.Select(m => m.Score).ToList();
        foreach (var model in view.Models)
        {
            table.AddRow(
            [
                Markup.Escape(model.Score is null ? $"{model.Model}: {model.Description}" : model.Model),
                .. ScoreColumn.All.Select(c => c.IsBest(model.Score, scores) ? $"[bold]{c.Text(model.Score)}[/]" : c.Text(model.Score)),
                model.FitSeconds.ToString("0.00", CultureInfo.InvariantCulture),
                model.PredictSeconds.ToString("0.00", CultureInfo.InvariantCulture),
            ]);
        }

        var text = Terminal.Output;
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{view.Customers} customers with a paid order up to {view.CalibrationEnd:yyyy-MM-dd}; "
                + $"{view.Value} value up to {view.HoldoutEnd:yyyy-MM-dd}: {view.ActualValue:N2} {view.Currency}"));
        text.Write(table);
        foreach (var model in view.Models.Where(m => m.Score is not null))
        {
            text.WriteLine($"{model.Model}: {model.Description}");
        }
    }
}
