using System.Collections.Immutable;
using System.Diagnostics;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Training.Backtests.Origins;

/// <summary>
/// Rolls the origin over a history: as of each origin models are fitted to what was known, forecast some horizons, and are judged by what
/// came. What is the same for all customers, the season and the store's fortune, shows in the totals from origin to origin alone.
/// </summary>
public static class RollingOrigin
{
    /// <summary>Rolls it.</summary>
    /// <param name="whole">The history.</param>
    /// <param name="last">The last origin; null for the latest of which the longest horizon lies within the history.</param>
    /// <param name="models">The models, in the order of the rows.</param>
    /// <param name="rules">How origins are rolled; the defaults where it is null.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="BacktestException">A horizon ends after the history, or nobody has paid up to the first origin.</exception>
    public static OriginsResult Run(
        StoreHistory whole,
        DateOnly? last,
        IReadOnlyList<IForecastModel> models,
        OriginRules? rules = null,
        Action<string>? progress = null,
        CancellationToken cancellation = default)
    {
        rules ??= new OriginRules();
        var latest = rules.LatestOf(whole.End);
        if (last > latest)
        {
            throw new BacktestException(
                $"From the last origin {last:yyyy-MM-dd}, {rules.Horizons[^1]} months reach beyond the history's "
                    + $"end {whole.End:yyyy-MM-dd}; the latest possible is {latest:yyyy-MM-dd}.");
        }

        var origins = rules.Before(last ?? latest);
        var start = Stopwatch.GetTimestamp();
        var judges = models.SelectMany(m => rules.Horizons.Select(h => (m.Name, Months: h)))
            .ToDictionary(k => k, k => new OriginJudge(k.Name, k.Months, whole.Store.Currency, rules.Seed));
        foreach (var origin in origins)
        {
            progress?.Invoke($"{origin:yyyy-MM-dd}");
            foreach (var months in rules.Horizons)
            {
                var holdout = PastWindow.Of(whole, new Window(origin, OriginRules.After(origin, months)), rules.Value);
                if (holdout.Before.Buyers.IsEmpty)
                {
                    throw new BacktestException(
                        $"Nobody has a paid order up to the first origin {origin:yyyy-MM-dd}; ask for fewer origins or smaller steps.");
                }

                var task = new ForecastTask(rules.Value, holdout.Horizon, rules.Seed) { WithQuantiles = true };
                foreach (var model in models)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Add(judges[(model.Name, months)], model, holdout, task);
                }
            }
        }

        return new OriginsResult
        {
            Rules = rules,
            Origins = origins,
            Store = whole.Store,
            Rows = [.. models.SelectMany(m => rules.Horizons.Select(h => judges[(m.Name, h)].Finish()))],
            Took = Stopwatch.GetElapsedTime(start),
        };
    }

    private static void Add(OriginJudge judge, IForecastModel model, PastWindow holdout, ForecastTask task)
    {
        try
        {
            judge.Add(holdout.Before, holdout.After.End, model.Fit(holdout.Before, task), holdout.Outcomes);
        }
        catch (FitException e)
        {
            judge.Refuse(holdout.Before.End, e.Message);
        }
    }
}
