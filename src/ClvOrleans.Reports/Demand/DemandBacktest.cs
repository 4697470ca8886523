using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Statistics.Demand;

namespace ClvOrleans.Reports.Demand;

/// <summary>
/// Judges demand by rolling the origin over the last year of a store's events. Each forecast is made of the events up to its origin alone:
/// refunds and cancellations that came later are not in it. What was sold is what all events say.
/// </summary>
public static class DemandBacktest
{
    private const int Horizon = 4;
    private const int Year = 52;
    private const int FirstWeek = 57;

    /// <summary>Runs it.</summary>
    /// <param name="events">All events, by customer.</param>
    /// <param name="store">The store.</param>
    /// <param name="isProduct">Which ids are products; others, such as postage, are left out.</param>
    /// <param name="tell">Is told how far it is.</param>
    /// <exception cref="InvalidDataException">There are too few weeks with products.</exception>
    public static DemandBacktestResult Run(
        IReadOnlyCollection<(CustomerId Customer, IReadOnlyList<CustomerEvent> Events)> events, StoreSettings store,
        Func<string, bool> isProduct, Action<string>? tell = null)
    {
        var end = events.SelectMany(e => e.Events).Where(e => e.Kind == EventKind.OrderCompleted).Select(e => store.DayOf(e.At))
            .DefaultIfEmpty().Max();
        var whole = SalesWeeks.Of(Fold(events, store, end, isProduct), end);
        int[] origins = [.. Enumerable.Range(0, 100).Select(i => whole.Weeks - Horizon - (4 * i)).Where(w => w >= FirstWeek).Order()];
        if (origins.Length == 0)
        {
            throw new InvalidDataException(
                $"There are {whole.Weeks} weeks with products; a backtest of demand needs {FirstWeek + Horizon} at least.");
        }

        var tally = new DemandTally();
        foreach (var origin in origins)
        {
            var day = end.AddDays(-7 * (whole.Weeks - origin));
            var past = SalesWeeks.Of(Fold(events, store, day, isProduct), day);
            var forecast = DemandForecaster.Forecast(past, Horizon);
            var shares = forecast.TotalMethods.Select(m => FormattableString.Invariant($"{m.Name} {m.Share:.00}"));
            tell?.Invoke($"{day:yyyy-MM-dd}: {string.Join(' ', shares)} | {string.Join(' ', forecast.ProductMethods)} | "
                + FormattableString.Invariant($"season {forecast.Season} | {forecast.Reconciliation}"));
            tally.Add(whole, origin, past, forecast, past.Best(DemandForecaster.Judged), Baselines(past));
        }

        return tally.ToResult(origins.Length, whole.Products.Length, DemandForecaster.Judged);
    }

    private static List<CustomerSales> Fold(
        IEnumerable<(CustomerId Customer, IReadOnlyList<CustomerEvent> Events)> events, StoreSettings store, DateOnly until,
        Func<string, bool> isProduct) =>
    [
        .. events.AsParallel().AsOrdered().Select(c => CustomerSales.Of(c.Events.Where(e => store.DayOf(e.At) <= until), store))
            .OfType<CustomerSales>().Select(c => c with
            {
                Sales = [.. c.Sales.Select(s => s with { Lines = [.. s.Lines.Where(l => l.Product is { } id && isProduct(id))] })],
            }),
    ];

    // Of a series, and of the store's trend also the share of the product in it.
    private static (string Name, Func<double[], double[]> Continue)[] Baselines(SalesWeeks past)
    {
        var (naive, smoothing) = (new SeasonalNaiveMethod(Year), new HoltWintersMethod(Year, Seasonality.Additive, true));
        var trend = Trend(past.Total);
        var recent = past.Total[Math.Max(0, past.Weeks - 13)..].Sum();
        return
        [
            ("seasonal naive", series => naive.Forecast(series, Horizon)),
            ("Holt-Winters", series => smoothing.Forecast(series, Horizon)),
            ("store's trend", series =>
            {
                var share = recent > 0 ? series[Math.Max(0, past.Weeks - 13)..].Sum() / recent : 0;
                return [.. trend.Select(t => t * share)];
            }),
        ];
    }

    // The line through the last half year.
    private static double[] Trend(double[] total)
    {
        var last = total[Math.Max(0, total.Length - 26)..];
        var middle = (last.Length - 1) / 2.0;
        var squares = last.Select((_, i) => (i - middle) * (i - middle)).Sum();
        var slope = squares > 0 ? last.Select((u, i) => (i - middle) * u).Sum() / squares : 0;
        return [.. Enumerable.Range(0, Horizon).Select(h => Math.Max(0, last.Average() + (slope * (last.Length + h - middle))))];
    }
}
