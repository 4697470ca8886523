using ClvOrleans.Model.Features;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Learners, one or several pooled, that learn to rank from windows inside the past; their values are drawn to what came in the latest
/// window, taken to the horizon as the buy-till-you-die model does, and set to the level of the seasonal clock. Probabilities and intervals are
/// those of a buy-till-you-die model, moved with the value.
/// </summary>
/// <param name="name">Name, as in <c>--models</c>.</param>
/// <param name="learners">What is pooled.</param>
/// <param name="families">Buy-till-you-die models, of which one is chosen by walk-forward cuts.</param>
/// <param name="withExpected">Whether the buy-till-you-die model's own expected value is pooled too.</param>
/// <param name="fallsBack">Whether the buy-till-you-die model stands in where there is too little to learn from.</param>
internal sealed class LearnedModel(
    string name, IReadOnlyList<ILearner> learners, IReadOnlyList<IForecastModel> families, bool withExpected, bool fallsBack) : IForecastModel
{
    private static readonly int Expected = FeatureCatalogue.IndexOf("expectedValue");

    public string Name => name;

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        var lifetime = new WalkForwardChampion(families).Fit(past, task);
        try
        {
            return Learn(past, task, lifetime);
        }
        catch (FitException e) when (fallsBack)
        {
            return new Fallback(lifetime, e.Message);
        }
    }

    private LearnedForecaster Learn(StoreHistory past, ForecastTask task, IForecaster lifetime)
    {
        if (past.Buyers.IsEmpty)
        {
            throw new FitException("no customer has bought");
        }

        var clock = SeasonalClock.Of(past);
        var set = TrainingSet.Of(past, task, clock);
        List<ILearned> members = withExpected ? [new ExpectedValue()] : [];
        List<double[]> said = withExpected ? [[.. Enumerable.Range(0, set.Values.Length).Select(i => set.Row(i)[Expected])]] : [];
        var left = "";
        List<string> names = withExpected ? ["pareto-nbd"] : [];
        foreach (var learner in learners)
        {
            try
            {
                var others = set.CrossFit(learner, task.Seed);
                members.Add(set.Fit(learner, task.Seed));
                said.Add(others);
                names.Add(learner.Name);
            }
            catch (FitException e) when (fallsBack)
            {
                // The others are enough; the description says who is missing.
                left += $", without {learner.Name} as {e.Message}";
            }
        }

        var latest = Enumerable.Range(0, set.Values.Length).Where(i => set.WindowOf[i] == 0).ToArray();
        var came = latest.Select(i => set.Values[i]).ToArray();
        var apart = (double)(past.End.DayNumber - past.FirstPurchase.DayNumber) / set.Horizon.Days / 2;
        var pool = Pool.Of([.. said.Select(s => latest.Select(i => s[i]).ToArray())], came, apart);
        var scores = latest.Select(i => pool.Score([.. said.Select(s => s[i])])).ToArray();
        var source = FeatureSource.Fit(past, task.Value, clock);
        var forecaster = new LearnedForecaster
        {
            Source = source,
            Window = set.Horizon,
            Horizon = task.Horizon,
            Members = [.. members],
            Pool = pool,
            Curve = RisingCurve.Of(scores, came),
            Lifetime = lifetime,
            Description = Describe(names, pool, set) + left,
        };

        // The windows that were learned from are of other seasons and of a younger store: they know who, not how much in all.
        var total = source.Expected(past.Buyers, task.Horizon).Sum() * RepeatSpend.KeptShare(past, task.Value);
        return forecaster with { Level = total / forecaster.Values(past.Buyers).Sum() };
    }

    private static string Describe(IEnumerable<string> names, Pool pool, TrainingSet set)
    {
        var weights = names.Zip(pool.Weights, (n, w) => FormattableString.Invariant($"{n} {w:f2}"));
        return $"{string.Join(", ", weights)}, from {set.Windows.Count} windows of {set.Windows[0].Days} days";
    }

    private sealed class ExpectedValue : ILearned
    {
        public double Predict(ReadOnlySpan<double> row) => row[Expected];
    }

    private sealed class Fallback(IForecaster lifetime, string why) : IForecaster
    {
        public string Description => $"buy-till-you-die alone, as {why}: {lifetime.Description}";

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers) => lifetime.Forecast(customers);

        public double? ExpectedRepeats(double weeks) => lifetime.ExpectedRepeats(weeks);
    }
}
