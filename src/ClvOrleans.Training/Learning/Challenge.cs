using System.Globalization;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// An ensemble challenges the buy-till-you-die model beneath it: both are fitted as of the cutoffs of walk-forward windows and judged by
/// what came. It is promoted where it ranks better beyond noise and its level is not worse; otherwise the simpler model is, as by the rule
/// of one standard error (Breiman, Friedman, Olshen and Stone 1984, 3.4.3).
/// </summary>
/// <param name="IsWon">Whether the ensemble is promoted.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Holdout">How the ensemble did in the latest window; null where that is too short, or did not carry it.</param>
internal sealed record Challenge(bool IsWon, string Reason, HoldoutSummary? Holdout)
{
    /// <summary>Whether a window carried both.</summary>
    public bool IsJudged { get; private init; }

    /// <summary>Lets an ensemble challenge a model.</summary>
    /// <param name="past">The past.</param>
    /// <param name="task">What is forecast.</param>
    /// <param name="stacking">Learns the ensemble.</param>
    /// <param name="simpler">The model beneath.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public static Challenge Of(
        StoreHistory past, ForecastTask task, Stacking stacking, IForecastModel simpler, CancellationToken cancellation = default)
    {
        var comparison = new PairedComparison();
        HoldoutSummary? holdout = null;
        var least = WindowRule.Holdout.LeastDays;
        foreach (var window in WindowRule.Choosing.In(past.Span, task.Horizon))
        {
            cancellation.ThrowIfCancellationRequested();
            var seen = PastWindow.Of(past, window, task.Value);
            try
            {
                var ensemble = stacking.Learn(seen.Before, seen.TaskOf(task), null, cancellation).Value;
                double[] predicted = [.. Stacking.ForecastsOf(ensemble, seen.Before, seen.Horizon).Select(f => f.Value)];
                holdout ??= window.End == past.End && window.Days >= least ? Judge.Summary(seen, predicted) : null;
                var beneath = simpler.Fit(seen.Before, seen.TaskOf(task)).Forecast(seen.Before.Buyers);
                comparison.Add(
                    [.. seen.Before.Buyers.Select(c => c.Id)], predicted, [.. beneath.Select(f => f.Value)],
                    [.. seen.Outcomes.Select(o => (double)o.Value.Minor)]);
            }
            catch (FitException)
            {
                // A window that carries one of them only does not compare them.
            }
        }

        return new Challenge(comparison.IsWon, Told(comparison), holdout) { IsJudged = comparison.Windows > 0 };
    }

    /// <summary>The days as of which <see cref="Of"/> asks for customers, but for those of the model beneath.</summary>
    /// <param name="span">The days of the history.</param>
    /// <param name="task">What is forecast.</param>
    public static IEnumerable<DateOnly> AsOfDays(HistorySpan span, ForecastTask task) =>
        WindowRule.Choosing.In(span, task.Horizon).SelectMany(
            w => (DateOnly[])[w.Cutoff, w.End, .. Stacking.AsOfDays(span.Until(w.Cutoff), task with { Horizon = new Horizon(w.Days) })]);

    private static string Told(PairedComparison c) => c.Windows == 0
        ? "no window of the past is long enough to compare it with the simpler model"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"over {c.Windows} {(c.Windows == 1 ? "window" : "windows")} of the past its Gini and Spearman together "
                + $"are {c.Gain:+0.000;-0.000} ± {c.Error:0.000} beside the simpler model's, and its total is off by "
                + $"{c.LevelLoss:+0.000;-0.000} more (± {c.LevelError:0.000})");
}
