using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Training.Backtests.Metrics;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>A backtest as one HTML page that needs nothing from elsewhere: the table, and pictures of where each model is right and wrong.</summary>
public sealed class BacktestPage
{
    private readonly BacktestResult _result;
    private readonly Currency _currency;
    private readonly double[] _actual;
    private readonly ImmutableArray<(BacktestRow Row, int Colour, double[] Values)> _models;

    private BacktestPage(BacktestResult result)
    {
        (_result, _currency) = (result, result.Past.Store.Currency);
        _actual = [.. result.Outcomes.Select(o => Major(o.Value.Minor))];
        _models = [.. result.Rows.Where(r => !r.Forecasts.IsEmpty).Select((r, i) => (r, (i % 8) + 1, r.Forecasts.Select(f => Major(f.Value)).ToArray()))];
    }

    /// <summary>The page. The same result gives the same page.</summary>
    public static string Of(BacktestResult result)
    {
        var page = new BacktestPage(result);
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Backtest up to {result.HoldoutEnd:yyyy-MM-dd}</title><style>{Style}</style></head><body>
            <h1>Backtest</h1>
            {page.Introduction()}
            {page.Table()}
            <h2>Tracking of weekly purchases</h2>
            <p>Repeat purchases of all buyers of the calibration. The models see nothing right of the line; they expect from their parameters alone.</p>
            <div class="grid">{page.TrackingCharts()}</div>
            <div class="grid">
            <section><h2>Lift</h2>
            <p>Share of the value of the holdout that the first customers by prediction hold.</p>{page.LiftChart()}</section>
            <section><h2>By number of repeat purchases</h2>
            <p>Purchase days in the holdout of customers who had bought again so often in the calibration.</p>{page.FrequencyChart()}</section>
            <section><h2>Bias by cohort</h2>
            <p>Predicted / actual value - 1 by time of the first purchase; a cohort without value in the holdout has a gap.</p>{page.CohortChart()}</section>
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
            {task.Value.ToString().ToLowerInvariant()} value from {past.End.AddDays(1):yyyy-MM-dd} to {_result.HoldoutEnd:yyyy-MM-dd} ({task.Horizon.Days} days):
            {_actual.Sum():N2} {_currency.Code} on {_result.Outcomes.Sum(o => (long)o.Orders):N0} purchase days; {_result.Outcomes.Count(o => o.Orders > 0):N0} bought again.
            Nothing after {past.End:yyyy-MM-dd} was seen while fitting or choosing.</p>
            """);
    }

    private string Table()
    {
        var html = new StringBuilder("<div class=\"wide\"><table><thead><tr><th>model</th>");
        foreach (var column in ScoreColumn.All)
        {
            html.Append($"<th title=\"{Escape(column.Meaning)}\">{Escape(column.Name)}</th>");
        }

        html.Append("<th title=\"Seconds to fit\">fit s</th><th title=\"Seconds to forecast all\">predict s</th></tr></thead><tbody>");
        foreach (var row in _result.Rows)
        {
            html.Append($"<tr><td>{Escape(row.Model)}<br><small>{Escape(row.Description)}</small></td>");
            foreach (var column in ScoreColumn.All)
            {
                html.Append(column.IsBest(row.Score, _result.Rows.Select(r => r.Score)) ? "<td class=\"best\">" : "<td>").Append(column.Text(row.Score)).Append("</td>");
            }

            html.Append(CultureInfo.InvariantCulture, $"<td>{row.FitTime.TotalSeconds:0.00}</td><td>{row.ForecastTime.TotalSeconds:0.00}</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private string TrackingCharts()
    {
        var weekly = Tracking.Weekly([.. _result.DailyRepeats.Select(d => (double)d)]);
        var joined = Tracking.Joined(_result.Past);
        var labels = Enumerable.Range(1, weekly.Length).Select(w => $"{w}").ToList();
        var tracked = _models.Where(m => !m.Row.NewCustomer.IsEmpty)
            .Select(m => new Series(m.Row.Model, m.Colour, Tracking.Weekly(Tracking.Expected(joined, m.Row.NewCustomer, _result.DailyRepeats.Length)))).ToList();
        List<Series> incremental = [new Series("actual", 0, weekly), .. tracked];
        var mark = ((joined.Length / 7.0) - 1, "calibration ends");
        return new Chart("Repeat purchases, cumulative", "week", "purchases")
                .Lines(labels, [.. incremental.Select(s => s with { Values = Tracking.Cumulative(s.Values) })], mark)
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
                .. _models.Select(m => new Series(m.Row.Model, m.Colour, Groups.Means(groups, [.. m.Row.Forecasts.Select(f => f.Orders)], count))),
            ]);
    }

    private string CohortChart()
    {
        var (names, groups) = Groups.ByCohort(_result.Past);
        var actual = Groups.Means(groups, _actual, names.Length);
        return new Chart("Bias by first purchase", "first purchase", "bias").Bars(
            names,
            [.. _models.Select(m => new Series(
                m.Row.Model, m.Colour, [.. Groups.Means(groups, m.Values, names.Length).Zip(actual, (p, a) => a > 0 ? (p / a) - 1 : double.NaN)]))]);
    }

    private string DecileCharts()
    {
        return string.Concat(_models.Select(m =>
        {
            var deciles = Level.Deciles(m.Values, _actual);
            return new Chart(m.Row.Model, "decile by prediction", $"mean value, {_currency.Code}").Bars(
                [.. deciles.Select((_, i) => $"{i + 1}")],
                [
                    new Series("actual", 0, [.. deciles.Select(d => d.Actual / d.Customers)]),
                    new Series("predicted", m.Colour, [.. deciles.Select(d => d.Predicted / d.Customers)]),
                ]);
        }));
    }

    private double Major(double minor) => minor / Math.Pow(10, _currency.Decimals);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1d2433;--soft:#5b6475;--paper:#fff;--rule:#d9dde5;--best:#e3f1e6;
        --c0:#1d2433;--c1:#2f6fde;--c2:#d9822b;--c3:#2b9a66;--c4:#b5459c;--c5:#c93c3c;--c6:#7a6ff0;--c7:#8a7a3c;--c8:#6b7686}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e9f0;--soft:#9aa4b5;--paper:#14181f;--rule:#2c3340;--best:#1d3a29;
        --c0:#e6e9f0;--c1:#6fa0ff;--c2:#f0a95a;--c3:#5cc894;--c4:#dc84c8;--c5:#f07a7a;--c6:#a79ff8;--c7:#c2b26b;--c8:#98a3b3}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:2rem auto;max-width:1360px;padding:0 1rem}
        h1,h2{line-height:1.2;margin:1.6rem 0 .4rem}p{margin:.3rem 0 .8rem;max-width:80ch}small{color:var(--soft)}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:.3rem .6rem;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap}
        th{cursor:help}th:first-child,td:first-child{text-align:left;white-space:normal;min-width:16rem}.best{background:var(--best);font-weight:600}
        .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(480px,100%),1fr));gap:1rem 2rem}figure{margin:0}figcaption{font-weight:600}svg{width:100%;height:auto}
        line.rule{stroke:var(--rule)}line.axis{stroke:var(--soft)}line.mark{stroke:var(--soft);stroke-dasharray:4 3}
        .tick{fill:var(--soft);font-size:11px}.line{fill:none;stroke-width:1.6}.legend{font-size:13px;color:var(--soft);max-width:none}
        .legend span{white-space:nowrap}.key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .35em 0 .7em}
        .c0{fill:var(--c0);stroke:var(--c0);background:var(--c0)}.c1{fill:var(--c1);stroke:var(--c1);background:var(--c1)}
        .c2{fill:var(--c2);stroke:var(--c2);background:var(--c2)}.c3{fill:var(--c3);stroke:var(--c3);background:var(--c3)}
        .c4{fill:var(--c4);stroke:var(--c4);background:var(--c4)}.c5{fill:var(--c5);stroke:var(--c5);background:var(--c5)}
        .c6{fill:var(--c6);stroke:var(--c6);background:var(--c6)}.c7{fill:var(--c7);stroke:var(--c7);background:var(--c7)}
        .c8{fill:var(--c8);stroke:var(--c8);background:var(--c8)}.line{fill:none}.line.c0{stroke-width:2.4}.bar{stroke:none}
        """;
}
