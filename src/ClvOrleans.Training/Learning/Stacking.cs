using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Intervals;
using ClvOrleans.Training.Levels;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Intervals;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Learns a <see cref="StackedValue"/>: learners that learn to rank from windows inside the past; their values are drawn to what came in
/// the latest window and set to the level of the seasonal clock.
/// </summary>
/// <param name="learners">What is stacked.</param>
/// <param name="withExpected">Whether the buy-till-you-die model's own expected value is stacked too.</param>
/// <param name="isLenient">Whether learners that the data do not carry are left out.</param>
internal sealed class Stacking(IReadOnlyList<ILearner> learners, bool withExpected, bool isLenient)
{
    /// <summary>Name of the stage in which level and intervals are fitted.</summary>
    internal const string LevelStage = "Fitting the level and the intervals";

    // Where most customers are only seen to buy, what reads their browsing reads nothing.
    private const double LeastBrowsers = .5;

    private static readonly int Buys = FeatureCatalogue.IndexOf("pBuy");
    private static readonly int Alive = FeatureCatalogue.IndexOf("pAlive");

    /// <summary>What is stacked too where at least half of the buyers have been seen to browse. Default nothing.</summary>
    public IReadOnlyList<ILearner> WhereTheyBrowse { get; init; } = [];

    /// <summary>Learns, and says in a few words what.</summary>
    /// <exception cref="FitException">The past does not carry it; the message says why.</exception>
    /// <param name="past">The past.</param>
    /// <param name="task">What is forecast.</param>
    /// <param name="enter">Told what is done.</param>
    /// <param name="cancellation">Stops it.</param>
    public (StackedValue Value, string Description) Learn(
        StoreHistory past, ForecastTask task, Action<string>? enter = null, CancellationToken cancellation = default)
    {
        if (past.Buyers.IsEmpty)
        {
            throw new FitException("no customer has bought");
        }

        var clock = SeasonFit.Of(past);
        var set = TrainingSet.Of(past, task, clock);
        List<BaseLearner> baseLearners = [];
        List<double[]> said = [];
        if (withExpected)
        {
            var expected = new ExpectedValue();
            baseLearners.Add(new BaseLearner("pareto-nbd", expected));
            said.Add([.. Enumerable.Range(0, set.Rows.Count).Select(i => expected.Predict(set.Rows[i]))]);
        }

        var left = "";
        foreach (var learner in IsBrowsed(past) ? learners.Concat(WhereTheyBrowse) : learners)
        {
            cancellation.ThrowIfCancellationRequested();
            enter?.Invoke(
                FormattableString.Invariant($"Learning {learner.Name} from {set.Rows.Count:N0} rows of {set.Windows.Count} windows"));
            try
            {
                var others = set.CrossFit(learner, task.Seed, cancellation);
                baseLearners.Add(new BaseLearner(learner.Name, set.Fit(learner, task.Seed, cancellation)));
                said.Add(others);
            }
            catch (FitException e) when (isLenient)
            {
                // The others are enough; the description says who is missing.
                left += $", without {learner.Name} as {e.Message}";
            }
        }

        var latest = Enumerable.Range(0, set.Rows.Count).Where(i => set.WindowOf[i] == 0).ToArray();
        var came = latest.Select(i => set.Rows.Values[i]).ToArray();
        var apart = (double)(past.End.DayNumber - past.FirstPurchase.DayNumber) / set.Horizon.Days / 2;
        var weights = StackingFit.Of([.. said.Select(s => latest.Select(i => s[i]).ToArray())], came, apart);
        var scores = Enumerable.Range(0, set.Rows.Count).Select(i => weights.Score([.. said.Select(s => s[i])])).ToArray();
        var value = new StackedValue
        {
            Features = FeatureFit.Of(past, task.Value, clock),
            WindowDays = set.Horizon.Days,
            BaseLearners = [.. baseLearners],
            Weights = weights,
            Curve = CurveOf(set, scores),
            Again = RepurchaseFit.Of(
                [.. latest.Select(i => set.Rows.FeaturesOf(i)[Buys])], [.. latest.Select(i => scores[i])], [.. came.Select(v => v > 0)]),
            AgainDays = task.Horizon.Days,
            Doubt = DoubtFit.Of(set),
            Level = 1,
            Median = MedianOf(set.Rows.Only(latest)),
        };
        var clocked = AtLevelOfClock(value, past, task);
        enter?.Invoke(LevelStage);
        var level = LevelFit.Find(past, task.Value);
        var intervals = IntervalFit.Of(ShapeOf(value, set, scores), level);
        var (levelled, chosen) = LevelChoice.Of(clocked with { Intervals = intervals }, level, past, task, set, scores);
        return (levelled, $"{Describe(value, set)}{left}; {chosen}");
    }

    /// <summary>The days as of which <see cref="Learn"/> asks for customers.</summary>
    public static IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) => TrainingSet.AsOfDays(span, task.Horizon);

    /// <summary>What an ensemble expects of each buyer of a history, as of its end.</summary>
    internal static StackedForecast[] ForecastsOf(StackedValue value, StoreHistory past, Horizon horizon)
    {
        var (market, forecasts) = (past.Market.At(past.End), new StackedForecast[past.Buyers.Length]);
        Parallel.For(0, forecasts.Length, i => forecasts[i] = value.Forecast(past.Buyers[i].Summary, market, past.End, horizon));
        return forecasts;
    }

    private static bool IsBrowsed(StoreHistory past) =>
        past.Buyers.Count(c => Kinds.Views.ToArray().Any(c.Summary.Counts.ContainsKey)) >= LeastBrowsers * past.Buyers.Length;

    // The windows that were learned from are of other seasons and of a younger store: they know who, not how much in all.
    private static StackedValue AtLevelOfClock(StackedValue value, StoreHistory past, ForecastTask task)
    {
        var said = ForecastsOf(value, past, task.Horizon);
        var expected = said.Sum(s => s.Baseline.Value) * StoreSpend.KeptShare(past, task.Value);
        var levelled = value with { Level = expected / said.Sum(s => s.Value) };

        // Values that are held do not follow the level: once more with it.
        return levelled with
        {
            Level = levelled.Level * expected / ForecastsOf(levelled, past, task.Horizon).Sum(s => s.Value),
            Again = value.Again.AtLevelOf([.. said.Select(s => 1 - s.Baseline.ProbabilityOfNoOrder)], [.. said.Select(s => s.Score)]),
        };
    }

    // The latest window is nearest to what comes, all together have less chance in them: the curve is in the middle. Each is first set to
    // the level of the latest.
    private static IsotonicCalibration CurveOf(TrainingSet set, double[] scores)
    {
        var rows = Enumerable.Range(0, scores.Length).GroupBy(i => set.WindowOf[i]).Where(w => w.Any(i => set.Rows.Values[i] > 0))
            .ToArray();
        var level = rows.ToDictionary(w => w.Key, w => w.Sum(i => set.Rows.Values[i]) / w.Sum(i => scores[i]));
        int[] all = [.. rows.SelectMany(w => w)], latest = [.. all.Where(i => set.WindowOf[i] == 0)];
        return IsotonicCalibration.Between(Of(latest), Of(all));

        IsotonicCalibration Of(int[] some) => IsotonicFit.Of(
            [.. some.Select(i => scores[i])], [.. some.Select(i => set.Rows.Values[i] * level[0] / level[set.WindowOf[i]])]);
    }

    // By what was said of customers that the base learners had not learned from; no other fit is needed.
    private static ValueShape? ShapeOf(StackedValue value, TrainingSet set, double[] scores) => ShapeFit.Of(
        Enumerable.Range(0, scores.Length).Select(i =>
        {
            var (customer, asOf) = set.Rows.Customers[i];
            var features = set.Rows.FeaturesOf(i);
            var none = 1 - Math.Min(value.Doubt!.Alive(features[Alive]), value.Again.Of(features[Buys], scores[i]));
            var repeats = (int)customer.HistoryAt(asOf)!.Value.Repeats;
            return new ShapeRow(set.WindowOf[i], repeats, value.Curve.At(scores[i]), none, set.Rows.Values[i]);
        }),
        set.Horizon.Days);

    // Not a number comes first in order, and stands for most where it is in the middle.
    private static ImmutableArray<double> MedianOf(LearningRows rows) =>
        [.. Enumerable.Range(0, rows.Width)
            .Select(j => Enumerable.Range(0, rows.Count).Select(i => rows.FeaturesOf(i)[j]).Order().ElementAt(rows.Count / 2))];

    private static string Describe(StackedValue value, TrainingSet set)
    {
        var weights = value.BaseLearners.Zip(
            value.Weights.Weights,
            (m, w) => FormattableString.Invariant($"{m.Name} {w:f2}{(m.Model is NetworkValue n ? $" ({n.Curve})" : "")}"));
        return $"{string.Join(", ", weights)}, from {set.Windows.Count} windows of {set.Windows[0].Days} days";
    }
}
