using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Backtests.Metrics;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// The model that would be promoted: candidates are fitted as of earlier days of the past and judged by what came after, as a
/// backtest would; the best is fitted again to all of it.
/// </summary>
internal sealed class WalkForwardChampion(IReadOnlyList<IForecastModel> candidates) : IForecastModel
{
    private const int MostCuts = 3;

    public string Name => ForecastModels.Champion;

    public IForecaster Fit(StoreHistory past, ForecastTask task)
    {
        FitException? refusal = null;
        foreach (var candidate in Rank(past, task))
        {
            try
            {
                return candidate.Fit(past, task);
            }
            catch (FitException e)
            {
                refusal = e;
            }
        }

        return BuyTillYouDie.Prior(past, task, refusal?.Message ?? "there is no candidate");
    }

    /// <summary>The candidates, the best first; in their own order where the past is too short to judge them.</summary>
    public IReadOnlyList<IForecastModel> Rank(StoreHistory past, ForecastTask task)
    {
        var merits = new double[candidates.Count];
        foreach (var (cut, end) in Cuts(past, task.Horizon))
        {
            var known = past.Until(end);
            var before = known.Until(cut);
            var trial = task with { Horizon = new Horizon(end.DayNumber - cut.DayNumber) };
            var outcomes = known.OutcomesOf(before, task.Value);
            if (outcomes.All(o => o.Orders == 0))
            {
                continue;
            }

            for (var i = 0; i < merits.Length; i++)
            {
                merits[i] += Merit(candidates[i], before, trial, outcomes);
            }
        }

        return [.. candidates.Zip(merits).OrderByDescending(m => m.Second).Select(m => m.First)];
    }

    // Ranking counts in full, a wrong level by its logarithm: twice too much is as bad as half of it.
    private static double Merit(IForecastModel candidate, StoreHistory before, ForecastTask trial, IReadOnlyList<HoldoutOutcome> outcomes)
    {
        try
        {
            var predicted = candidate.Fit(before, trial).Forecast(before.Buyers).Select(f => f.Value).ToArray();
            var actual = outcomes.Select(o => (double)o.Value.Minor).ToArray();
            var level = Math.Abs(Math.Log((predicted.Sum() + 1) / (Math.Max(0, actual.Sum()) + 1)));
            return (Ranking.NormalisedGini(predicted, actual) ?? 0) + (Ranking.Spearman(predicted, actual) ?? 0) - (level / 2);
        }
        catch (FitException)
        {
            return -10;
        }
    }

    /// <summary>
    /// Windows inside the past, the last one first: as long as the horizon, or half of the past where that is shorter, each half a window
    /// before the one after it, none in the first third.
    /// </summary>
    internal static IEnumerable<(DateOnly Cut, DateOnly End)> Cuts(StoreHistory past, Horizon horizon) =>
        past.Buyers.IsEmpty ? [] : Cuts(past.FirstPurchase, past.End, horizon);

    /// <summary>Windows inside a past of which only the days of its first purchase and of its end are known.</summary>
    internal static IEnumerable<(DateOnly Cut, DateOnly End)> Cuts(DateOnly first, DateOnly last, Horizon horizon)
    {
        var span = last.DayNumber - first.DayNumber;
        var window = Math.Min(horizon.Days, span / 2);
        for (var i = 0; i < MostCuts && window > 0; i++)
        {
            var end = last.AddDays(-i * Math.Max(1, window / 2));
            var cut = end.AddDays(-window);
            if (cut < first.AddDays(span / 3))
            {
                yield break;
            }

            yield return (cut, end);
        }
    }
}
