using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Marketing;
using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Reports.Noise;

/// <summary>The reports of a release. Whatever is computed here is computed of figures with noise.</summary>
public static class ReleaseTables
{
    private const string Cohorts = "cohorts";
    private const string Risk = "risk";

    /// <summary>The way to group of each table, as reports name it.</summary>
    public static string ByOf(ReleasedTable table) => table.ToString().ToLowerInvariant();

    /// <summary>Revenue at risk of the groups of a table.</summary>
    public static ReportTable RiskOf(ReportRelease release, ReleasedFigures figures, Currency currency)
    {
        var all = figures.Groups.Sum(g => g.AtRisk);
        return Of(
            release, figures, currency, Risk, RiskReport.Columns,
            figures.Groups.OrderByDescending(g => g.AtRisk).ThenBy(g => g.Name, StringComparer.Ordinal).Select(g => new object?[]
            {
                g.Name, g.Customers, null, currency.ToMajor(new Money(g.Historic)), currency.ToMajor(new Money(g.Predicted)),
                currency.ToMajor(new Money(g.AtRisk)), all <= 0 ? null : (double)g.AtRisk / all,
            }));
    }

    /// <summary>Cohorts by month of the first order.</summary>
    public static ReportTable CohortsOf(ReportRelease release, ReleasedFigures figures, Currency currency) => Of(
        release, figures, currency, Cohorts, CohortReport.Columns,
        figures.Groups.SelectMany(g => g.Curve.Select((point, since) => new object?[]
        {
            g.Name, (long)since, g.Customers, point.Active, (double)point.Active / g.Customers, null,
            currency.ToMajor(new Money(point.Revenue)), null,
            (double)currency.ToMajor(new Money(g.Curve.Take(since + 1).Sum(p => p.Revenue))) / g.Customers, null,
            since == g.Curve.Length - 1 && release.Until.AddDays(1).Day != 1,
        })));

    /// <summary>How a table of a release was made private.</summary>
    public static TableNoise NoiseOf(ReportRelease release, ReleasedFigures figures) => new(
        release.Epsilon, release.Delta, release.Bound, release.Months, release.Period.ToString().ToLowerInvariant(), release.ToldUntil,
        figures.Least, figures.Measures);

    /// <summary>What readers are told of a release.</summary>
    public static IEnumerable<string> NotesOf(ReportRelease release, string currency)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"As of the end of {release.Until:yyyy-MM-dd}, with noise; the same until {release.ToldUntil:yyyy-MM-dd}. Figures may be "
                + $"below 0.");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Differentially private for each customer: epsilon {release.Epsilon} and delta {release.Delta} for all that this period "
                + $"tells, given the model. A customer counts for {release.Bound} {currency} at most, and is active in {release.Months} "
                + $"months at most after the first.");
    }

    private static ReportTable Of(
        ReportRelease release, ReleasedFigures figures, Currency currency, string report, IEnumerable<ReportColumn> columns,
        IEnumerable<object?[]> rows) => new()
        {
            Report = report,
            AsOf = release.Until,
            Currency = currency.Code,
            Columns = [.. columns],
            Rows = [.. rows],
            Notes =
            [
                .. NotesOf(release, currency.Code),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Groups of fewer than {figures.Least} customers, with noise, are not released, nor the rest."),
            ],
            Noise = NoiseOf(release, figures),
        };
}
