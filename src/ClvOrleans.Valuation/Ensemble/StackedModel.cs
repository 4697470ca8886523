using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// Values, orders, probabilities, the next order and intervals by a stacked ensemble.
/// Discounted as that model discounts the same customer's purchases, and lifted as campaigns ahead lift them where it follows the market.
/// </summary>
public sealed class StackedModel : IExplainedModel
{
    /// <summary>The family of its versions.</summary>
    public const string Family = "ensemble";

    // The family of versions that were kept before it was called so.
    private const string EarlierFamily = "pooled";

    private const string Meaning = "the median customer of the store: each input is its median";
    private readonly StackedValue _value;
    private readonly BuyTillYouDieModel _lifetime;

    /// <summary>Whether versions of a family are ensembles.</summary>
    public static bool Is(string family) => family is Family or EarlierFamily;

    /// <summary>
    /// Makes the model of a version. <exception cref="System.Text.Json.JsonException">Its body cannot be read.</exception>
    /// </summary>
    public StackedModel(ModelVersion version)
    {
        var body = LearnedBody.FromBytes(version.Body.Span);
        (Version, _value, _lifetime) = (version, body.Value, new BuyTillYouDieModel(body.Lifetime));
        Intervals = new ValueIntervals(_value.Intervals);
    }

    /// <inheritdoc />
    public ModelVersion Version { get; }

    /// <inheritdoc />
    public ValueIntervals Intervals { get; }

    /// <inheritdoc />
    public Estimate Estimate(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon) =>
        With(_lifetime.Nothing(asOf, horizon), customer, market, store, asOf, horizon);

    /// <inheritdoc />
    public Estimate Follow(
        CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon, RecurrentTrace trace) =>
        With(_lifetime.Nothing(asOf, horizon), customer, market, store, asOf, horizon, trace);

    /// <inheritdoc />
    public Estimate Forecast(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon)
    {
        var below = _lifetime.Forecast(customer, market, store, asOf, horizon);
        var estimate = With(below, customer, market, store, asOf, horizon);
        if (Intervals.HasShape)
        {
            return estimate;
        }

        // A version that was trained before there were shapes.
        var moved = below.Value > Money.Zero ? (double)estimate.Value.Minor / (double)below.Value.Minor : 1;
        return estimate with { Interval = Moved(below.Interval), Intervals = below.Intervals?.Select(Moved).ToArray() };

        ValueInterval Moved(ValueInterval interval) =>
            interval with
            {
                Lower = Money.Rounded((double)interval.Lower.Minor * moved),
                Upper = Money.Rounded((double)interval.Upper.Minor * moved),
            };
    }

    /// <inheritdoc />
    public Explanation Explain(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon)
    {
        if (_lifetime.DiscountOf(customer, market, store, asOf, horizon) is not { } discount)
        {
            return _lifetime.Explain(customer, market, store, asOf, horizon);
        }

        var features = new double[FeatureCatalogue.All.Length];
        var shares = new double[LearnedInputs.Count];
        var (value, baseline) = _value.Explain(customer.WithoutLater(asOf), market.At(asOf), asOf, horizon, features, shares);
        var median = _value.MedianOfAll;
        var order = Enumerable.Range(0, shares.Length).Where(i => shares[i] != 0).OrderByDescending(i => Math.Abs(shares[i])).ToArray();
        List<ModelInput> inputs = [.. order.Select(i => LearnedInputs.Of(i, features, median.AsSpan(), _value.WindowDays, store.Currency))];
        List<double> amounts = [.. order.Select(i => shares[i] * discount)];
        var lift = _lifetime.LiftOf(customer, market, store, asOf, horizon);
        if (lift != 1)
        {
            inputs.Add(new ModelInput(
                "campaignsAhead", lift, 1, InputUnit.Number,
                FormattableString.Invariant($"promotions and competitors ahead make {lift:0.00} times as much of it as on average")));
            amounts.Add(value * discount * (lift - 1));
        }

        return Explanation.Of(
            "propagated", Money.Rounded(value * discount * lift), Money.Rounded(baseline * discount), Meaning, inputs, amounts);
    }

    /// <inheritdoc />
    public bool Reads(EventKind kind) => kind is not (EventKind.Identified or EventKind.Aliased or EventKind.Grouped);

    private Estimate With(
        Estimate below,
        CustomerSummary customer,
        MarketCalendar market,
        StoreSettings store,
        DateOnly asOf,
        Horizon horizon,
        RecurrentTrace? trace = null)
    {
        var named = below with { ModelVersion = Version.Id };
        if (_lifetime.DiscountOf(customer, market, store, asOf, horizon) is not { } discount)
        {
            return named;
        }

        var buyer = customer.WithoutLater(asOf);
        var lift = _lifetime.LiftOf(customer, market, store, asOf, horizon);
        var expected = _value.Forecast(buyer, market.At(asOf), asOf, horizon, trace, lift);
        var value = Money.Rounded(expected.Value * discount);
        var estimate = named with
        {
            Basis = EstimateBasis.Trained,
            ExpectedOrders = expected.ExpectedOrders,
            ProbabilityAlive = expected.ProbabilityAlive,
            ProbabilityOfNoOrder = expected.ProbabilityOfNoOrder,
            Value = value,
            RevenueAtRisk = Money.Rounded(expected.ValueIfAlive * discount * (1 - expected.ProbabilityAlive)),
            NextOrder = below.NextOrder is null ? null : new NextOrder(DaysToNext(.1), DaysToNext(.5), DaysToNext(.9)),
            Margin = value.Share(store.MarginBasisPoints),
        };

        // The spread of the model beneath stands in where there is no shape, in proportion to the value.
        var ratio = expected.Baseline.Value > 0 ? expected.Value * discount / expected.Baseline.Value : 0;
        return Intervals.Complete(
            estimate, expected.Value * discount, expected.Baseline.Variance * ratio * ratio, (int)buyer.HistoryAt(asOf)!.Value.Repeats);

        double? DaysToNext(double probability) => _value.DaysToNext(buyer, expected, asOf, probability);
    }
}
