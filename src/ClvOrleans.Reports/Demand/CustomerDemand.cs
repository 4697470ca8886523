using ClvOrleans.Reports.Sales;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Reports.Demand;

/// <summary>
/// What customers are expected to buy: the expected orders of each known one times their own mix of products, drawn towards everyone's, and
/// those of the customers who are expected to come, times the mix of recent orders. It knows no season.
/// </summary>
/// <param name="Total">Units a week, of all products.</param>
/// <param name="Products">Units a week of each product, over the horizon.</param>
internal sealed record CustomerDemand(double[] Total, double[] Products)
{
    private const int Recent = 26;
    private const double HalfLife = 26;

    // As if so many orders of everyone's mix had been seen of each customer.
    private const double Prior = 3;

    /// <summary>
    /// What is expected after the end of a table; null where nobody has bought, or the orders do not tell how customers buy.
    /// </summary>
    public static CustomerDemand? Of(SalesWeeks sales, int horizon)
    {
        var buyers = sales.Buyers().ToList();
        if (buyers.Count == 0)
        {
            return null;
        }

        ILifetimeModel model;
        try
        {
            PurchaseHistory[] histories = [.. buyers.Select(b => b.History)];
            model = (SmallStore.Is(histories)
                ? SmallStore.Fit(PurchaseHistories.Of(histories))
                : LifetimeModels.Fit(KnownStores.Family, histories)).Model;
        }
        catch (FitException)
        {
            return null;
        }

        var (known, own, shared) = Known(sales, buyers, model, horizon);
        var mix = Mix(sales);
        var perOrder = mix.Sum();
        var arrivals = Arrivals(sales.FirstOrders());
        var total = new double[horizon];
        var orders = shared;
        for (var h = 0; h < horizon; h++)
        {
            // Whoever comes in a week of the horizon buys again within the rest of it.
            var repeats = arrivals * Repeats(model, h);
            orders += arrivals + repeats;
            total[h] = (known[h] * (own.Sum() + (shared * perOrder)) / Math.Max(1e-12, known.Sum())) + ((arrivals + repeats) * perOrder);
        }

        return new CustomerDemand(total, [.. own.Select((units, p) => (units + (orders * mix[p])) / horizon)]);
    }

    // Expected orders by week; of each product the expected units by customers' own mixes; and the orders that go by everyone's mix.
    private static (double[] Orders, double[] Own, double Shared) Known(
        SalesWeeks sales, List<(PurchaseHistory History, IEnumerable<(int WeeksAgo, Sale Sale)> Sales)> buyers, ILifetimeModel model,
        int horizon)
    {
        var (orders, own, shared) = (new double[horizon], new double[sales.Products.Length], 0.0);
        var cache = new Dictionary<PurchaseHistory, double[]>();
        foreach (var (history, past) in buyers)
        {
            if (!cache.TryGetValue(history, out var cumulative))
            {
                cache[history] = cumulative = Cumulative(history, model, horizon);
            }

            for (var h = 0; h < horizon; h++)
            {
                orders[h] += cumulative[h] - (h == 0 ? 0 : cumulative[h - 1]);
            }

            var weights = past.Where(p => !p.Sale.Lines.IsEmpty)
                .Select(p => (p.Sale, Weight: Math.Pow(.5, p.WeeksAgo / HalfLife))).ToList();
            var scale = cumulative[^1] / (weights.Sum(w => w.Weight) + Prior);
            shared += Prior * scale;
            foreach (var (sale, weight) in weights)
            {
                foreach (var line in sale.Lines)
                {
                    own[sales.NumberOf(line.Product)] += sales.Winsorised(line) * weight * scale;
                }
            }
        }

        return (orders, own, shared);
    }

    // The curve bends little within a quarter: a parabola through its half and its end, for many customers and origins.
    private static double[] Cumulative(PurchaseHistory history, ILifetimeModel model, int horizon)
    {
        var (half, end) = (model.ExpectedPurchases(history, horizon / 2.0), model.ExpectedPurchases(history, horizon));
        return
        [
            .. Enumerable.Range(1, horizon).Select(h => (double)h / horizon)
                .Select(x => (half * 4 * x * (1 - x)) + (end * x * ((2 * x) - 1))),
        ];
    }

    // Units of each product in an order of the last weeks.
    private static double[] Mix(SalesWeeks sales)
    {
        var from = Math.Max(0, sales.Weeks - Recent);
        var orders = Math.Max(1, sales.Buyers().Sum(b => b.Sales.Count(s => s.WeeksAgo < sales.Weeks - from && !s.Sale.Lines.IsEmpty)));
        return [.. Enumerable.Range(0, sales.Products.Length).Select(p => Sum(sales.Winsorised(p)[from..]) / orders)];
    }

    private static double Sum(ReadOnlySpan<double> units)
    {
        var sum = 0.0;
        foreach (var week in units)
        {
            sum += week;
        }

        return sum;
    }

    private static double Arrivals(double[] first) => first.Length == 0 ? 0 : first[Math.Max(0, first.Length - Recent)..].Average();

    private static double Repeats(ILifetimeModel model, int weeks) =>
        weeks == 0 ? 0 : model.ExpectedPurchases(new PurchaseHistory(0, 0, 0), weeks);
}
