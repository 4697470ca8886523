using System.Globalization;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Training.Movements;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary>Prints a backtest for people: one row a model, the best of each column in bold.</summary>
internal static class BacktestTable
{
    public static void Print(BacktestView view)
    {
        var scores = view.Models.Select(m => m.Score).ToList();
        var text = Terminal.Output;
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{view.Customers} customers with a paid order up to {view.CalibrationEnd:yyyy-MM-dd}; "
                + $"{view.Value} value up to {view.HoldoutEnd:yyyy-MM-dd}: {view.ActualValue:N2} {view.Currency}"));
        text.Write(Table(
            [.. ScoreColumn.Main.Select(c => c.Name), "fit s", "predict s"],
            view.Models,
            m => m.Score is null ? $"{m.Model}: {m.Description}" : m.Model,
            m => [.. ScoreColumn.Main.Select(c => Cell(c, m)), Seconds(m.FitSeconds), Seconds(m.PredictSeconds)]));

        var judged = view.Models.Where(m => m.Score is not null).ToList();
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Who will buy again: {view.BoughtAgain} of {view.Customers} did, a base rate of {view.BaseRate:0.000}; "
                + $"a probability of at least {view.Threshold:0.###} predicts it"));
        text.Write(Table(
            ScoreColumn.WillBuy.Select(c => c.Name), judged, m => m.Model, m => ScoreColumn.WillBuy.Select(c => Cell(c, m))));

        if (view.Folds is { } folds)
        {
            text.WriteLine($"Each customer was forecast by a fit to the other folds of {folds}; mean ± standard deviation over the folds:");
            text.Write(Table(
                ScoreColumn.OverFolds.Select(c => c.Name),
                judged,
                m => m.Model,
                m => ScoreColumn.OverFolds.Select(c => m.OverFolds.FirstOrDefault(s => s.Figure == c.Name)?.Text(c) ?? "-")));
        }

        foreach (var model in judged)
        {
            text.WriteLine($"{model.Model}: {model.Description}");
        }

        if (view.Movement is { } movement)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{movement.Model} followed from {movement.From:yyyy-MM-dd} to {movement.Until:yyyy-MM-dd} "
                    + $"with {movement.Customers} customers; excess movement is 1 where all of it was earned"));
            Tell("value", movement.Value);
            Tell("purchase", movement.Purchase);
        }

        void Tell(string what, MovementSummary summary)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what}: excess movement {summary.Excess:0.00} ± {summary.Error:0.00}"));
            foreach (var group in summary.Groups)
            {
                text.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {group.Cause.ToString().ToLowerInvariant()}: {group.Days} days, {group.Share:0.0%} of the movement; "
                        + $"the day after {group.DriftAfter:+0.00000;-0.00000} ± {group.DriftError:0.00000}"));
            }
        }

        string Cell(ScoreColumn column, BacktestView.ModelView model) =>
            column.IsBest(model.Score, scores) ? $"[bold]{column.Text(model.Score)}[/]" : column.Text(model.Score);
    }

    private static Table Table(
        IEnumerable<string> columns,
        IEnumerable<BacktestView.ModelView> models,
        Func<BacktestView.ModelView, string> head,
        Func<BacktestView.ModelView, IEnumerable<string>> cells)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("model");
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        }

        foreach (var model in models)
        {
            table.AddRow([Markup.Escape(head(model)), .. cells(model)]);
        }

        return table;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);
}
