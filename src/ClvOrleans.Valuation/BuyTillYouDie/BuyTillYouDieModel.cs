using ClvOrleans.Domain;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Market;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.BuyTillYouDie;

/// <summary>Purchases by a buy-till-you-die model, their value by Gamma-Gamma, discounted over the horizon.</summary>
public sealed class BuyTillYouDieModel : IExplainedModel
{
    private static readonly double[] Probabilities = [.1, .9, .25, .75, .025, .975];
    // Where the market moves, every day has its own length.
    private const int MostForecasters = 64;
    private readonly BoundedCache<(double Weeks, double Rate), ValueForecaster> _forecasters = new(MostForecasters);
    private readonly ILifetimeModel _lifetime;
    private readonly GammaGamma? _spend;
    private readonly MarketTime _time;
    private readonly MarketTime _calendar = new(MarketEffects.None);
    private readonly MarketTime _campaigns;
    private volatile Usual? _usual;

    /// <summary>Makes the model of a version. <exception cref="ArgumentException">A parameter is missing or invalid.</exception></summary>
    public BuyTillYouDieModel(ModelVersion version)
    {
        Version = version;
        Intervals = new ValueIntervals(version.Intervals);
        _time = new MarketTime(version.MarketEffects ?? MarketEffects.None);
        _campaigns = new MarketTime(_time.Effects with { Season = 0 });
        _lifetime = LifetimeModels.Create(version.Family, version.Parameters);
        _spend = version.SpendParameters is { } parameters ? SpendModels.Create(parameters) : null;
    }

    /// <inheritdoc />
    public ModelVersion Version { get; }

    /// <inheritdoc />
    public bool FallsInSilence => true;

    /// <inheritdoc />
    public ValueIntervals Intervals { get; }

    /// <inheritdoc />
    public Estimate Estimate(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon) =>
        customer.HistoryAt(asOf) is { } history
            ? Estimate(customer, _time.HistoryOf(customer, history, market, asOf), market, store, asOf, horizon, [], [])
            : Nothing(asOf, horizon);

    /// <inheritdoc />
    public Estimate Forecast(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon)
    {
        if (customer.HistoryAt(asOf) is not { } calendar)
        {
            return Nothing(asOf, horizon);
        }

        var history = _time.HistoryOf(customer, calendar, market, asOf);
        Span<double> quantiles = stackalloc double[Probabilities.Length];
        return Estimate(customer, history, market, store, asOf, horizon, Probabilities, quantiles) with
        {
            NextOrder = new NextOrder(DaysToNext(.1), DaysToNext(.5), DaysToNext(.9)),
        };

        double? DaysToNext(double probability) =>
            _lifetime.TimeToNextPurchase(history, probability) is { } weeks ? _time.Days(market, asOf, weeks) : null;
    }

    /// <summary>What discounting leaves of a customer's expected purchases, 0 to 1; null before the first purchase.</summary>
    internal double? DiscountOf(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon)
    {
        if (customer.HistoryAt(asOf) is not { } history)
        {
            return null;
        }

        var forecaster = ForecasterOf(_time.Weeks(market, asOf, horizon), horizon, store);
        var seen = _time.HistoryOf(customer, history, market, asOf);
        var outlook = forecaster.Forecast(seen, 0, 0, [], []);
        if (outlook.DiscountedOrders == 0)
        {
            // Where P(alive) is too small for a number, of the same customer if alive.
            outlook = forecaster.Forecast(seen with { LastPurchase = seen.Observed }, 0, 0, [], []);
        }

        return outlook.DiscountedOrders > 0 ? outlook.DiscountedOrders / outlook.ExpectedOrders : 1;
    }

    /// <summary>
    /// How many times as much a customer is worth within the horizon as if promotions and competitors did in it what they do on average; 1
    /// where the model does not follow the market. Seasons are left out.
    /// </summary>
    internal double LiftOf(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon)
    {
        if (!_time.Moves || customer.HistoryAt(asOf) is not { } calendar)
        {
            return 1;
        }

        var weeks = _time.Weeks(market, asOf, horizon);
        var usual = weeks / _campaigns.Weeks(market, asOf, horizon) * horizon.Weeks * UsualPace(market);
        var history = _time.HistoryOf(customer, calendar, market, asOf);
        var (mean, count) = customer.RepeatSpendAt(asOf);
        var (worth, usually) = (Worth(weeks), Worth(usual));
        return usually > 0 ? worth / usually : 1;

        double Worth(double within) => ForecasterOf(within, horizon, store).Forecast(history, count, mean, [], []).DiscountedOrders;
    }

    /// <inheritdoc />
    public Explanation Explain(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon)
    {
        var usualSpend = _spend?.PopulationMean ?? Fallback(customer);
        var walk = new ShapleyPath(Worth, usualSpend, _spend is null && Version.MeanSpend <= 0, _time.Moves, store, horizon);
        if (customer.HistoryAt(asOf) is not { } history)
        {
            return walk.Explain(null, 0, 0);
        }

        var (mean, count) = customer.RepeatSpendAt(asOf);
        var (first, last) = (customer.PurchaseDays[0].Day, customer.PurchaseDays[(int)history.Repeats].Day);
        return walk.Explain(
            new PurchaseInputs(
                (int)history.Repeats, last.DayNumber - first.DayNumber, asOf.DayNumber - last.DayNumber, count, mean, true, true),
            _time.HistoryOf(history.Repeats, first, last, market, asOf).Observed * 7,
            _time.Weeks(market, asOf, horizon) * 7);

        double Worth(PurchaseInputs inputs)
        {
            var opened = asOf.AddDays(-inputs.Span - inputs.Silence);
            var closed = inputs.Repeats == 0 ? opened : opened.AddDays(inputs.Span);
            var weeks = (inputs.HasMarketAhead ? _time : _calendar).Weeks(market, asOf, horizon);
            return ForecasterOf(weeks, horizon, store).Forecast(
                (inputs.HasMarketSoFar ? _time : _calendar).HistoryOf(inputs.Repeats, opened, closed, market, asOf),
                inputs.PaidRepeats, _spend is null && inputs.PaidRepeats == 0 ? usualSpend : inputs.MeanSpend, [], []).Value;
        }
    }

    /// <inheritdoc />
    public bool Reads(EventKind kind) =>
        kind is EventKind.OrderCompleted or EventKind.OrderUpdated or EventKind.OrderRefunded or EventKind.OrderCancelled;

    private Estimate Estimate(
        CustomerSummary customer,
        PurchaseHistory history,
        MarketCalendar market,
        StoreSettings store,
        DateOnly asOf,
        Horizon horizon,
        ReadOnlySpan<double> probabilities,
        Span<double> quantiles)
    {
        var (mean, count) = customer.RepeatSpendAt(asOf);
        var forecast = ForecasterOf(_time.Weeks(market, asOf, horizon), horizon, store).Forecast(
            history, count, _spend is null && count == 0 ? Fallback(customer) : mean, probabilities, quantiles);
        var value = Money.Rounded(forecast.Value);
        var estimate = Nothing(asOf, horizon) with
        {
            Basis = Version.IsPrior ? EstimateBasis.Prior : Version.PriorShare is null ? EstimateBasis.Trained : EstimateBasis.SmallStore,
            ExpectedOrders = forecast.ExpectedOrders,
            ProbabilityAlive = forecast.ProbabilityAlive,
            ProbabilityOfNoOrder = forecast.ProbabilityOfNoOrder,
            Value = value,
            RevenueAtRisk = AtRisk(forecast.Value, forecast.ProbabilityAlive),
            Margin = value.Share(store.MarginBasisPoints),
        };
        if (quantiles.Length > 0)
        {
            var eighty = new ValueInterval(Money.Rounded(quantiles[0]), Money.Rounded(quantiles[1]), .8);
            estimate = estimate with
            {
                Interval = eighty,
                Intervals =
                [
                    new ValueInterval(Money.Rounded(quantiles[2]), Money.Rounded(quantiles[3]), .5),
                    eighty,
                    new ValueInterval(Money.Rounded(quantiles[4]), Money.Rounded(quantiles[5]), .95),
                ],
            };
        }

        return Intervals.Complete(estimate, forecast.Value, forecast.Variance, (int)history.Repeats);
    }

    // How fast promotions and competitors made the days of the training data go.
    private double UsualPace(MarketCalendar market)
    {
        var latest = _usual;
        if (latest is null || !ReferenceEquals(latest.Market, market))
        {
            var from = Version.DataFrom ?? Version.DataUntil;
            var seen = new Horizon(Math.Clamp(Version.DataUntil.DayNumber - from.DayNumber, 1, 3_650));
            latest = new Usual(market, new MarketTime(_campaigns.Effects).Weeks(market, from, seen) / seen.Weeks);
            _usual = latest;
        }

        return latest.Pace;
    }

    // What the customer would bring if alive, times the probability of being gone: the value is P(alive) times the former, here before it
    // is rounded, which would be multiplied. Below 10^-9 it is lost rather than at risk, and what is left of the value is rounding.
    private static Money AtRisk(double value, double alive) => alive > 1e-9 ? Money.Rounded(value * (1 - alive) / alive) : Money.Zero;

    /// <summary>The estimate of who has bought nothing.</summary>
    internal Estimate Nothing(DateOnly asOf, Horizon horizon) =>
        new() { ModelVersion = Version.Id, AsOf = asOf, HorizonDays = horizon.Days, ProbabilityOfNoOrder = 1 };

    private ValueForecaster ForecasterOf(double weeks, Horizon horizon, StoreSettings store)
    {
        // The discount runs by the calendar.
        var key = (weeks, store.AnnualDiscountRate * 7 / 365 * horizon.Weeks / weeks);
        if (_forecasters.TryGet(key, out var known))
        {
            return known;
        }

        return _forecasters.Add(key, new ValueForecaster(
            _lifetime, _spend, key.weeks, key.Item2, Version.Fitted, Version.Covariance, Version.SpendCovariance,
            Version.Paid));
    }

    // Without a spend model a one-time buyer's next purchase is worth the store's mean, or else that of the first.
    private double Fallback(CustomerSummary customer) =>
        Version.MeanSpend > 0 ? Version.MeanSpend : customer.PurchaseDays is [var first, ..] ? (double)first.Net.Minor : 0;

    private sealed record Usual(MarketCalendar Market, double Pace);
}
