using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// A stacked ensemble: base-learner scores are combined, calibrated on the most recent training window, extrapolated to the horizon with
/// the buy-till-you-die model, and scaled to match its total. Pure and safe to call from many threads.
/// </summary>
public sealed record StackedValue
{
    private static readonly int Width = FeatureCatalogue.All.Length;

    /// <summary>Makes the features.</summary>
    public required FeatureMaker Features { get; init; }

    /// <summary>Days of the windows that were learned from.</summary>
    public required int WindowDays { get; init; }

    /// <summary>The base learners.</summary>
    [JsonPropertyName("members")]
    public required ImmutableArray<BaseLearner> BaseLearners { get; init; }

    /// <summary>How they are combined.</summary>
    [JsonPropertyName("pool")]
    public required StackingWeights Weights { get; init; }

    /// <summary>What a score is worth within a window.</summary>
    public required IsotonicCalibration Curve { get; init; }

    /// <summary>The probability of a purchase within <see cref="AgainDays"/>.</summary>
    public required RepurchaseProbability Again { get; init; }

    /// <summary>Days that the probability of a purchase and the level were learned for.</summary>
    public required int AgainDays { get; init; }

    /// <summary>Values are multiplied by it.</summary>
    public required double Level { get; init; }

    /// <summary>
    /// Sets values to the level of the store, cohort by cohort, beside <see cref="Level"/>; null where the seasonal clock's level is
    /// better, and in versions that were trained before there was another.
    /// </summary>
    public CohortFactors? Cohorts { get; init; }

    /// <summary>
    /// How wrong the model beneath is of those whom it calls gone; null in versions that were trained before it was learned.
    /// </summary>
    public Doubt? Doubt { get; init; }

    /// <summary>
    /// Features of a median customer, whom explanations compare with: the median of each; not a number where most have none.
    /// </summary>
    [JsonPropertyName("middle")]
    public required ImmutableArray<double> Median { get; init; }

    /// <summary>The same for all features of the catalogue: those that came after this was learned are unknown, and read by
    /// nobody.</summary>
    [JsonIgnore]
    internal ImmutableArray<double> MedianOfAll =>
        Median.Length == Width ? Median : [.. Median, .. Enumerable.Repeat(double.NaN, Width - Median.Length)];

    /// <summary>
    /// How values lie around what is expected; null in versions that were trained before it was calibrated.
    /// </summary>
    public IntervalCalibration? Intervals { get; init; }

    /// <summary>What is expected of a buyer within a horizon.</summary>
    /// <param name="customer">The buyer, as of the day: nothing later may be folded into the summary.</param>
    /// <param name="market">The market on that day.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <param name="trace">What is kept of this customer from value to value, if anything: it changes no bit.</param>
    /// <param name="lift">How many times as many orders campaigns ahead make of it.</param>
    public StackedForecast Forecast(
        CustomerSummary customer, MarketFeatures market, DateOnly asOf, Horizon horizon, RecurrentTrace? trace = null, double lift = 1)
    {
        Span<double> features = stackalloc double[Width];
        var window = new Horizon(WindowDays);
        var near = Features.Write(customer, asOf, window, market, features);
        var score = ScoreOf(new FeatureRow(features, customer, asOf), trace);
        return Composed(BeneathOf(customer, asOf, horizon, near), score, LevelOf(customer, asOf), lift);
    }

    /// <summary>Days until the next purchase comes with a probability; null where it more probably never comes.</summary>
    /// <param name="customer">The buyer, as of the day.</param>
    /// <param name="forecast">What is expected of the buyer.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="probability">The probability, between 0 and 1.</param>
    public double? DaysToNext(CustomerSummary customer, in StackedForecast forecast, DateOnly asOf, double probability) =>
        forecast.First.BeneathAt(probability) is not { } there ? null
        : Doubt is null ? Features.DaysToNext(customer, asOf, there)
        : Features.LivingDaysToNext(customer, asOf, there / forecast.AliveBeneath);

    /// <summary>What each input adds to a buyer's value, compared with a median customer over the same horizon.</summary>
    /// <param name="customer">The buyer, as of the day.</param>
    /// <param name="market">The market on that day.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <param name="features">Room for the features of the catalogue.</param>
    /// <param name="shares">
    /// Room for a number for each of <see cref="LearnedInputs"/>; they add up to the difference of the two values but for rounding.
    /// </param>
    /// <returns>Both values.</returns>
    public (double Value, double Baseline) Explain(
        CustomerSummary customer, MarketFeatures market, DateOnly asOf, Horizon horizon, Span<double> features, Span<double> shares)
    {
        var window = new Horizon(WindowDays);
        var near = Features.Write(customer, asOf, window, market, features);
        var row = new FeatureRow(features, customer, asOf);
        var (root, baselineRoot) = (0.0, 0.0);
        Span<double> own = stackalloc double[shares.Length];
        var median = MedianOfAll;
        shares.Clear();
        for (var m = 0; m < BaseLearners.Length; m++)
        {
            own.Clear();
            var said = BaseLearners[m].Model.Predict(row);
            var (to, from) = (Weights.Root(m, said), Weights.Root(m, BaseLearners[m].Model.Explain(row, median.AsSpan(), own)));
            Propagation.Rescale(own, to - from, said > 0 ? to / said / 2 : 0);
            for (var j = 0; j < own.Length; j++)
            {
                shares[j] += own[j];
            }

            (root, baselineRoot) = (root + to, baselineRoot + from);
        }

        // The horizon is the same for both.
        var (beneath, level) = (BeneathOf(customer, asOf, horizon, near), LevelOf(customer, asOf));
        var (value, baseline) = (ValueAt(root), ValueAt(baselineRoot));
        Propagation.Rescale(shares, value - baseline, root > 0 ? 2 * value / root : 0);
        PurchaseShares.Unfold(Features, customer, asOf, window, median.AsSpan(), shares);
        return (value, baseline);

        double ValueAt(double scoreRoot) => Composed(beneath, scoreRoot * scoreRoot, level, 1).Value;
    }

    private StackedForecast Composed(in Beneath beneath, double score, double level, double lift) =>
        StackedForecast.Of(beneath, Worth(score, beneath.Window, level), Again.Of(beneath.Buys, score), score, lift);

    private Beneath BeneathOf(CustomerSummary customer, DateOnly asOf, Horizon horizon, ValueForecast near)
    {
        var (window, learned) = (new Horizon(WindowDays), new Horizon(AgainDays));
        var said = window == horizon ? near : Features.Forecast(customer, asOf, horizon);
        var then = learned == horizon ? said : Features.Forecast(customer, asOf, learned);
        var living = Features.Living(customer, asOf, horizon);
        var livingThen = learned == horizon ? living : Features.Living(customer, asOf, learned);
        var beneath = new Beneath
        {
            Said = said,
            Expected = said,
            Window = near,
            Then = then,
            Buys = 1 - then.ProbabilityOfNoOrder,
            Living = living,
            LivingThen = livingThen,
            Alive = Features.ProbabilityAlive(customer, asOf),
            Range = RangeOf(customer, said.SpendPerOrder),
            IsBounded = Doubt is not null,
        };
        return Doubt is null ? beneath : beneath with
        {
            Expected = Doubt.Of(said, living),
            Window = Doubt.Of(
                near, window == horizon ? living : window == learned ? livingThen : Features.Living(customer, asOf, window)),
            Then = Doubt.Of(then, livingThen),
            Alive = Doubt.Alive(beneath.Alive),
        };
    }

    private double ScoreOf(in FeatureRow row, RecurrentTrace? trace)
    {
        Span<double> said = stackalloc double[BaseLearners.Length];
        for (var m = 0; m < said.Length; m++)
        {
            said[m] = trace is null ? BaseLearners[m].Model.Predict(row) : BaseLearners[m].Model.Follow(row, trace);
        }

        return Weights.Score(said);
    }

    // How many times what the buy-till-you-die model expects: the one place where the level counts.
    private double Worth(double score, ValueForecast near, double level) => near.Value > 0 ? level * Curve.At(score) / near.Value : 0;

    private double LevelOf(CustomerSummary customer, DateOnly asOf) =>
        Cohorts is null ? Level : Level * Cohorts.Of(Features.Clock, customer.PurchaseDays[0].Day, asOf);

    // Nobody is expected to pay on a day what neither they have ever paid nor the model beneath expects of them.
    private SpendRange RangeOf(CustomerSummary customer, double expected)
    {
        var range = new SpendRange(expected, expected);
        foreach (var day in customer.PurchaseDays)
        {
            var paid = (double)RepeatSpend.ValueOf(day, Features.Kind).Minor;
            range = paid > 0 ? range.With(paid) : range;
        }

        return range;
    }
}
