using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Training.Validation.Metrics;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>
/// A backtest as one HTML page that needs nothing from elsewhere: the table, and pictures of where each model is right and wrong.
/// </summary>
public sealed class BacktestPage
{
    private readonly BacktestResult _result;
    private readonly Currency _currency;
    private readonly double[] _actual;
    private readonly ImmutableArray<(BacktestRow Row, int Colour, double[] Values)> _models;

    private BacktestPage(BacktestResult result)
    {
        (_result, _currency) = (result, result.Past.Store.Currency);
        _actual = [.. result.Outcomes.Select(o => Major((double)o.Value.Minor))];
        _models =
        [
            .. result.Rows.Where(r => !r.Forecasts.IsEmpty)
                .Select((r, i) => (r, (i % PageStyle.Colours) + 1, r.Forecasts.Select(f => Major(f.Value)).ToArray())),
        ];
    }

    /// <summary>The page. The same result gives the same page.</summary>
    public static string Of(BacktestResult result)
    {
        var page = new BacktestPage(result);
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Backtest up to {result.HoldoutEnd:yyyy-MM-dd}</title><style>{PageStyle.Css}</style></head><body>
            <h1>Backtest</h1>
            {page.Introduction()}
            {page.Table()}
            <h2>Who will buy again</h2>
            {page.WillBuyTable()}
            {page.FoldTable()}
            <h2>Tracking of weekly purchases</h2>
            <p>Repeat purchases of all buyers of the calibration. The models see nothing right of the line, and expect from their parameters
            alone.</p>
            <div class="grid">{page.TrackingCharts()}</div>
            <div class="grid">
            <section><h2>Lift</h2>
            <p>Share of the value of the holdout that the first customers by prediction hold.</p>{page.LiftChart()}</section>
            <section><h2>By number of repeat purchases</h2>
            <p>Purchase days in the holdout of customers who had bought again so often in the calibration.</p>
            {page.FrequencyChart()}</section>
            <section><h2>Bias by cohort</h2>
            <p>Predicted / actual value - 1 by time of the first purchase; a cohort without value in the holdout has a gap.</p>
            {page.CohortChart()}</section>
            </div>
            <h2>Calibration by decile</h2>
            <p>Mean value of ten equal parts of the customers by prediction, highest first.</p>
            <div class="grid">{page.DecileCharts()}</div>
            </body></html>
            """;
    }

    private string Introduction()
    {
        var (past, task) = (_result.Past, _result.Task);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <p>{past.Buyers.Length:N0} customers with a paid order from {past.FirstPurchase:yyyy-MM-dd} to {past.End:yyyy-MM-dd}, judged by
            {task.Value.ToString().ToLowerInvariant()} value from {past.End.AddDays(1):yyyy-MM-dd} to {_result.HoldoutEnd:yyyy-MM-dd}
            ({task.Horizon.Days} days): {_actual.Sum():N2} {_currency.Code} on {_result.Outcomes.Sum(o => (long)o.Orders):N0} purchase days;
            {_result.Outcomes.Count(o => o.Orders > 0):N0} bought again.
            Nothing after {past.End:yyyy-MM-dd} was seen while fitting or choosing.{Folded()}</p>
            """);
    }

    private string Folded() => _result.Rules.Folds is { } folds
        ? $" Cross-validated: the customers are dealt into {folds} folds, each forecast by fits that have not seen its customers."
        : "";

    private string Table()
    {
        var columns = ScoreColumn.Main.Add(ScoreColumn.MeanSquaredError);
        return Table(
            [
                .. columns.Select(c => (c.Name, c.Meaning)),
                ("fit s", "Seconds to fit"),
                ("predict s", "Seconds to forecast all"),
            ],
            _result.Rows,
            row => $"{Escape(row.Model)}<br><small>{Escape(row.Description)}</small>",
            row => [.. columns.Select(c => Cell(c, row)), (Seconds(row.FitTime), false), (Seconds(row.ForecastTime), false)]);

        static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
    }

    private string WillBuyTable()
    {
        var rate = (double)_result.Outcomes.Count(o => o.Orders > 0) / _result.Outcomes.Length;
        var caption = string.Create(CultureInfo.InvariantCulture, $"""
            <p>Base rate {rate:0.000}: to predict nobody has an accuracy of {1 - rate:0.000}, to predict all of {rate:0.000}. Predicted to
            buy is who has a probability of at least {_result.Rules.Threshold:0.###}.</p>
            """);
        return caption + Table(
            [.. ScoreColumn.WillBuy.Select(c => (c.Name, c.Meaning))],
            _result.Rows,
            row => Escape(row.Model),
            row => [.. ScoreColumn.WillBuy.Select(c => Cell(c, row))]);
    }

    private string FoldTable() => _result.Rules.Folds is null
        ? ""
        : "<h2>Over the folds</h2><p>Mean ± standard deviation of the figures of each fold alone.</p>" + Table(
            [.. ScoreColumn.OverFolds.Select(c => (c.Name, c.Meaning))],
            _result.Rows.Where(r => !r.Folds.IsEmpty),
            row => Escape(row.Model),
            row => [.. ScoreColumn.OverFolds.Select(c => (Spread.Of(c, row.Folds)?.Text(c) ?? "-", false))]);

    private (string Text, bool IsBest) Cell(ScoreColumn column, BacktestRow row) =>
        (column.Text(row.Score), column.IsBest(row.Score, _result.Rows.Select(r => r.Score)));

    private static string Table(
        IEnumerable<(string Name, string Meaning)> columns,
        IEnumerable<BacktestRow> rows,
        Func<BacktestRow, string> head,
        Func<BacktestRow, IEnumerable<(string Text, bool IsBest)>> cells) =>
        HtmlTable.Of("model", columns, rows, head, cells);

    private string TrackingCharts()
    {
        var weekly = TrackingPlot.Weekly([.. _result.DailyRepeats.Select(d => (double)d)]);
        var joined = TrackingPlot.Joined(_result.Past);
        var labels = Enumerable.Range(1, weekly.Length).Select(w => $"{w}").ToList();
        var tracked = _models.Where(m => !m.Row.NewCustomer.IsEmpty)
            .Select(m => new Series(
                m.Row.Model, m.Colour, TrackingPlot.Weekly(TrackingPlot.Expected(joined, m.Row.NewCustomer, _result.DailyRepeats.Length))))
            .ToList();
        List<Series> incremental = [new Series("actual", 0, weekly), .. tracked];
        var mark = ((joined.Length / 7.0) - 1, "calibration ends");
        return new Chart("Repeat purchases, cumulative", "week", "purchases")
                .Lines(labels, [.. incremental.Select(s => s with { Values = TrackingPlot.Cumulative(s.Values) })], mark)
            + new Chart("Repeat purchases a week", "week", "purchases").Lines(labels, incremental, mark);
    }

    private string LiftChart()
    {
        const int Steps = 50;
        var places = Enumerable.Range(0, Steps + 1).ToList();
        return new Chart("Lift", "% of customers, highest prediction first", "% of value").Lines(
            [.. places.Select(p => $"{p * 100 / Steps}")],
            [
                new Series("perfect", 0, Curve(_actual)),
                .. _models.Where(m => m.Values.Distinct().Skip(1).Any()).Select(m => new Series(m.Row.Model, m.Colour, Curve(m.Values))),
            ]);

        ImmutableArray<double> Curve(double[] predicted) =>
            [.. Ranking.SharesOfTop(predicted, _actual, [.. places.Select(p => (double)p / Steps)]).Select(s => s * 100 ?? double.NaN)];
    }

    private string FrequencyChart()
    {
        var groups = _result.Past.Buyers.Select(c => Groups.ByFrequency(c.Summary.PurchaseDays.Length - 1)).ToList();
        var count = Groups.ByFrequency(double.PositiveInfinity) + 1;
        return new Chart("Purchase days in the holdout", "repeat purchases in the calibration", "mean purchase days").Bars(
            [.. Enumerable.Range(0, count).Select(g => g == count - 1 ? $"{g}+" : $"{g}")],
            [
                new Series("actual", 0, Groups.Means(groups, [.. _result.Outcomes.Select(o => (double)o.Orders)], count)),
                .. _models.Select(m => new Series(
                    m.Row.Model, m.Colour, Groups.Means(groups, [.. m.Row.Forecasts.Select(f => f.Orders)], count))),
            ]);
    }

    private string CohortChart()
    {
        var (names, groups) = Groups.ByCohort(_result.Past);
        var actual = Groups.Means(groups, _actual, names.Length);
        return new Chart("Bias by first purchase", "first purchase", "bias").Bars(
            names,
            [.. _models.Select(m => new Series(m.Row.Model, m.Colour, Bias(Groups.Means(groups, m.Values, names.Length), actual)))]);

        static ImmutableArray<double> Bias(ImmutableArray<double> predicted, ImmutableArray<double> actual) =>
            [.. predicted.Zip(actual, (p, a) => a > 0 ? (p / a) - 1 : double.NaN)];
    }

    private string DecileCharts()
    {
        return string.Concat(_models.Select(m =>
        {
            var deciles = LevelMetrics.Deciles(m.Values, _actual);
            return new Chart(m.Row.Model, "decile by prediction", $"mean value, {_currency.Code}").Bars(
                [.. deciles.Select((_, i) => $"{i + 1}")],
                [
                    new Series("actual", 0, [.. deciles.Select(d => d.Actual / d.Customers)]),
                    new Series("predicted", m.Colour, [.. deciles.Select(d => d.Predicted / d.Customers)]),
                ]);
        }));
    }

    private double Major(double minor) => minor / Math.Pow(10, _currency.Decimals);

    private static string Escape(string text) => HtmlTable.Escape(text);
}
