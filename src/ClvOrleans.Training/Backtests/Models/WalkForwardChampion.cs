using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Training.Backtests.Models;

/// <summary>
/// The model that would be promoted: candidates are fitted as of the cutoffs of windows of the past and judged by what came in them, as a
/// backtest would; the best is fitted again to all of it.
/// </summary>
internal sealed class WalkForwardChampion(IReadOnlyList<IForecastModel> candidates) : IForecastModel
{
    // Below any merit: a model that could not be fitted comes last.
    private const double NotFitted = -10;

    public string Name => ForecastModels.Champion;

    public IForecaster Fit(StoreHistory past, ForecastTask task) => FirstOf(Rank(past, task), past, task);

    /// <summary>The first of some models that the past carries, fitted; the prior where it carries none.</summary>
    public static IForecaster FirstOf(IReadOnlyList<IForecastModel> ranked, StoreHistory past, ForecastTask task)
    {
        FitException? refusal = null;
        foreach (var candidate in ranked)
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
        foreach (var window in WindowRule.Choosing.In(past.Span, task.Horizon))
        {
            var seen = PastWindow.Of(past, window, task.Value);
            if (seen.Outcomes.All(o => o.Orders == 0))
            {
                continue;
            }

            for (var i = 0; i < merits.Length; i++)
            {
                merits[i] += Merit(candidates[i], seen, task);
            }
        }

        return [.. candidates.Zip(merits).OrderByDescending(m => m.Second).Select(m => m.First)];
    }

    public IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task)
    {
        var windows = WindowRule.Choosing.In(span, task.Horizon);
        return
        [
            .. windows.SelectMany(w => (DateOnly[])[w.Cutoff, w.End]),
            .. candidates.SelectMany(c => c.AsOfDays(span, task)),
            .. windows.SelectMany(OfTrials),
        ];

        IEnumerable<DateOnly> OfTrials(Window window) =>
            candidates.SelectMany(c => c.AsOfDays(span.Until(window.Cutoff), task with { Horizon = new Horizon(window.Days) }));
    }

    private static double Merit(IForecastModel candidate, PastWindow window, ForecastTask task)
    {
        try
        {
            var forecasts = candidate.Fit(window.Before, window.TaskOf(task)).Forecast(window.Before.Buyers);
            return Judge.Of(window).Score([.. forecasts.Select(f => f.Value)]).Merit;
        }
        catch (FitException)
        {
            return NotFitted;
        }
    }
}
