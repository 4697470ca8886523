using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Model.Market;
using ClvOrleans.Model.Numerics;
using ClvOrleans.Model.Spend;
using ClvOrleans.Model.Stores;

namespace ClvOrleans.Model.Estimates;

/// <summary>Purchases by a buy-till-you-die model, their value by Gamma-Gamma, discounted over the horizon.</summary>
public sealed class BuyTillYouDieModel : IValueModel
{
    private const int MostOrders = 400;
    private readonly ILifetimeModel _lifetime;
    private readonly GammaGamma? _spend;

    /// <summary>Makes the model of a version. <exception cref="ArgumentException">A parameter is missing or invalid.</exception></summary>
    public BuyTillYouDieModel(ModelVersion version)
    {
        Version = version;
        _lifetime = LifetimeModels.Create(version.Family, version.Parameters);
        _spend = version.SpendParameters is { } parameters ? SpendModels.Create(parameters) : null;
    }

    /// <inheritdoc />
    public ModelVersion Version { get; }

    /// <inheritdoc />
    public Estimate Estimate(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon)
    {
        var basis = Version.IsPrior ? EstimateBasis.Prior : EstimateBasis.Trained;
        var nothing = new Estimate { ModelVersion = Version.Id, AsOf = asOf, HorizonDays = horizon.Days, ProbabilityOfNoOrder = 1 };
        if (customer.HistoryAt(asOf) is not { } history)
        {
            return nothing;
        }

        var value = new Money((long)Math.Round(SpendPerOrder(customer, asOf) * DiscountedOrders(history, horizon.Weeks, store)));
        return nothing with
        {
            Basis = basis,
            ExpectedOrders = _lifetime.ExpectedPurchases(history, horizon.Weeks),
            ProbabilityAlive = _lifetime.ProbabilityAlive(history),
            ProbabilityOfNoOrder = NoOrder(history, horizon.Weeks),
            Value = value,
            Margin = value.Share(store.MarginBasisPoints),
        };
    }

    /// <inheritdoc />
    public Estimate Forecast(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon)
    {
        var estimate = Estimate(customer, market, store, asOf, horizon);
        if (customer.HistoryAt(asOf) is not { } history)
        {
            return estimate;
        }

        return estimate with
        {
            NextOrder = new NextOrder(NextOrderBy(history, .1), NextOrderBy(history, .5), NextOrderBy(history, .9)),
            Interval = Interval(customer, history, store, asOf, horizon, estimate),
        };
    }

    private double SpendPerOrder(CustomerSummary customer, DateOnly asOf)
    {
        var (mean, count) = customer.RepeatSpendAt(asOf);
        return _spend?.ExpectedSpend(count, mean) ?? (count > 0 ? mean : Version.MeanSpend > 0 ? Version.MeanSpend : FirstSpend(customer));
    }

    private static double FirstSpend(CustomerSummary customer) => customer.PurchaseDays[0].Net.Minor;

    private double DiscountedOrders(PurchaseHistory history, double weeks, StoreSettings store) =>
        _lifetime.DiscountedPurchases(history, weeks, store.AnnualDiscountRate * 7 / 365);

    private double NoOrder(PurchaseHistory history, double weeks) => _lifetime.PurchaseProbabilities(history, weeks, 1)[0];

    private double? NextOrderBy(PurchaseHistory history, double probability)
    {
        const double Longest = 520;
        if (1 - NoOrder(history, Longest) < probability)
        {
            return null;
        }

        var (low, high) = (0.0, Longest);
        while (high - low > 1e-4)
        {
            var middle = (low + high) / 2;
            (low, high) = 1 - NoOrder(history, middle) < probability ? (middle, high) : (low, middle);
        }

        return high * 7;
    }

    // Spend of n orders is a scaled beta-prime; mixed over n. The spread of the undiscounted sum is scaled to the discounted mean.
    private ValueInterval Interval(
        CustomerSummary customer, PurchaseHistory history, StoreSettings store, DateOnly asOf, Horizon horizon, Estimate estimate)
    {
        var counts = _lifetime.PurchaseProbabilities(history, horizon.Weeks, MostOrders);
        var (mean, count) = customer.RepeatSpendAt(asOf);
        var perOrder = SpendPerOrder(customer, asOf);
        var discount = estimate.ExpectedOrders > 0 ? estimate.Value.Minor / (estimate.ExpectedOrders * perOrder) : 1;
        return new ValueInterval(Quantile(.1), Quantile(.9), .8);

        Money Quantile(double probability)
        {
            if (counts[0] >= probability)
            {
                return Money.Zero;
            }

            var (low, high) = (0.0, perOrder);
            while (Cumulative(high) < probability && high < 1e15)
            {
                high *= 2;
            }

            while (high - low > .5)
            {
                var middle = (low + high) / 2;
                (low, high) = Cumulative(middle) < probability ? (middle, high) : (low, middle);
            }

            return new Money((long)Math.Round(high * discount));
        }

        double Cumulative(double spend)
        {
            var sum = counts[0];
            for (var n = 1; n < counts.Length; n++)
            {
                sum += counts[n] * (_spend?.ProbabilityOfSpendUpTo(spend, n, count, mean) ?? (n * perOrder <= spend ? 1 : 0));
            }

            return sum;
        }
    }
}
