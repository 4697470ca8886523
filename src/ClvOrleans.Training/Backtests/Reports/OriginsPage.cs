using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Training.Backtests.Origins;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>
/// Forecasts from many origins as one HTML page that needs nothing from elsewhere: tables, the level by origin, the histogram of transforms
/// and the coverage by decile.
/// </summary>
public sealed class OriginsPage
{
    private readonly OriginsResult _result;
    private readonly ImmutableArray<string> _models;

    private OriginsPage(OriginsResult result) => (_result, _models) = (result, [.. result.Rows.Select(r => r.Model).Distinct()]);

    /// <summary>The page. The same result gives the same page.</summary>
    public static string Of(OriginsResult result)
    {
        var page = new OriginsPage(result);
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{result.Origins.Length} origins up to {result.Origins[^1]:yyyy-MM-dd}</title><style>{PageStyle.Css}</style></head><body>
            <h1>Rolling origin</h1>
            <p>As of each of {result.Origins.Length} days from {result.Origins[0]:yyyy-MM-dd} to {result.Origins[^1]:yyyy-MM-dd}, models
            were fitted to what was known and judged by the {result.Rules.Value.ToString().ToLowerInvariant()} value that came, in
            {result.Store.Currency.Code}.
            A hyphen stands where a model makes no such forecast.</p>
            {string.Concat(result.Rules.Horizons.Select(page.Section))}
            </body></html>
            """;
    }

    private string Section(int months)
    {
        OriginRow[] rows = [.. _result.Rows.Where(r => r.Months == months)];
        return $"""
            <h2>{months} months: the store's total</h2>
            {Figures(OriginColumn.Total, rows)}
            <div class="grid">
            <section><h2>Level by origin</h2><p>ln(actual / predicted): .1 is a tenth too little.</p>{LevelChart(rows)}</section>
            <section><h2>Total by origin</h2><p>The 80 % interval of a total, where a model gives one, and what came.</p>
            {string.Concat(rows.Select(TotalChart))}</section>
            </div>
            <h2>{months} months: customers</h2>
            {Figures(OriginColumn.Customers, rows)}
            <div class="grid">
            <section><h2>Randomised transforms</h2>
            <p>Share in each twentieth: .05 if forecasts are right; hills at the ends are intervals too narrow.
            </p>{TransformChart(rows)}</section>
            <section><h2>Above the 80 % interval by decile</h2>
            <p>Share of customers above it by predicted value, highest first: .1 if it is right.</p>
            {DecileChart(rows)}</section>
            </div>
            {string.Concat(rows.Where(r => r.Customers is not null).Select(GroupTables))}
            """;
    }

    private static string Figures(ImmutableArray<OriginColumn> columns, OriginRow[] rows) => HtmlTable.Of(
        "model",
        columns.Select(c => (c.Name, c.Meaning)),
        rows,
        r => HtmlTable.Escape(r.Model)
                + (r.Refusals.IsEmpty ? "" : $"<br><small>not fitted {HtmlTable.Escape(string.Join("; ", r.Refusals))}</small>"),
        r => columns.Select(c => (c.Text(r), c.IsBest(r, rows))));

    private string LevelChart(OriginRow[] rows) => new Chart("Level by origin", "origin", "ln(actual / predicted)").Lines(
        Labels(),
        [.. rows.Where(r => !r.Totals.IsEmpty).Select(r => new Series(r.Model, ColourOf(r), Of(r, t => t.LogRatio)))]);

    private string TotalChart(OriginRow row) => row.TotalCoverage is null ? "" : new Chart(row.Model, "origin", "total").Lines(
        Labels(),
        [
            new Series("actual", 0, Of(row, t => t.Actual)), new Series("predicted", ColourOf(row), Of(row, t => t.Predicted)),
            new Series("lower", ColourOf(row) + 10, Of(row, t => t.Lower)), new Series("upper", ColourOf(row) + 10, Of(row, t => t.Upper)),
        ]);

    private string TransformChart(OriginRow[] rows)
    {
        OriginRow[] with = [.. rows.Where(r => !r.Transforms.IsEmpty)];
        return with.Length == 0
            ? "<p>No model gives distributions of customers.</p>"
            : new Chart("Randomised transforms", "transform", "share").Bars(
                [.. Enumerable.Range(0, with[0].Transforms.Length)
                    .Select(i => ((double)i / with[0].Transforms.Length).ToString("0.##", CultureInfo.InvariantCulture))],
                [.. with.Select(r => new Series(r.Model, ColourOf(r), r.Transforms))]);
    }

    private string DecileChart(OriginRow[] rows)
    {
        OriginRow[] with = [.. rows.Where(r => !r.ByDecile.IsEmpty)];
        return with.Length == 0 ? "<p>No model gives intervals of customers.</p>" : new Chart("Above the interval", "decile", "share").Bars(
            [.. with[0].ByDecile.Select(d => d.Group)],
            [.. with.Select(r => new Series(r.Model, ColourOf(r), [.. r.ByDecile.Select(d => d.Above)]))]);
    }

    private static string GroupTables(OriginRow row) => $"<h2>{HtmlTable.Escape(row.Model)}: coverage by group</h2>" + HtmlTable.Of(
        "group",
        [
            ("customers", "Number of forecasts."), ("cov80", "Share within the 80 % interval."), ("below", "Share below it."),
            ("above", "Share above it."), ("bought", "Share of whom something came: no more can be above."),
            ("score", "Mean interval score."), ("predicted", "Mean predicted value."), ("actual", "Mean value that came."),
        ],
        row.ByLifecycle.Concat(row.ByRepeats).Concat(row.ByDecile.Select(d => d with { Group = $"decile {d.Group}" })),
        g => HtmlTable.Escape(g.Group),
        g =>
        [
            (g.Customers.ToString("N0", CultureInfo.InvariantCulture), false), (Share(g.Held), false), (Share(g.Below), false),
            (Share(g.Above), false), (Share(g.Bought), false),
            (Amount(g.IntervalScore), false), (Amount(g.Predicted), false), (Amount(g.Actual), false),
        ]);

    private List<string> Labels() => [.. _result.Origins.Select(o => $"{o:yyyy-MM}")];

    private int ColourOf(OriginRow row) => (_models.IndexOf(row.Model) % 10) + 1;

    // By origin; a gap where the model was not fitted.
    private ImmutableArray<double> Of(OriginRow row, Func<OriginTotal, double?> figure) =>
        [
            .. _result.Origins.Select(
                o => row.Totals.FirstOrDefault(t => t.Origin == o) is { } total ? figure(total) ?? double.NaN : double.NaN)
        ];

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Amount(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
