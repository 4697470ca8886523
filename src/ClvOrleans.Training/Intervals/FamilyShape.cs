using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Intervals;

namespace ClvOrleans.Training.Intervals;

/// <summary>
/// The shape of values around a model that is not stacked: it is fitted again as of the cutoffs of the windows by which it was chosen,
/// and seen by what came in them.
/// </summary>
internal static class FamilyShape
{
    /// <summary>
    /// Calibrates; null where too few customers or purchases lie in the windows, or the model cannot be fitted before them.
    /// </summary>
    /// <param name="model">The model: one that gives probabilities of a purchase.</param>
    /// <param name="past">The past.</param>
    /// <param name="task">What is forecast.</param>
    public static ValueShape? Of(IForecastModel model, StoreHistory past, ForecastTask task)
    {
        var windows = WindowRule.Choosing.In(past.Span, task.Horizon);
        return windows.IsEmpty ? null
            : ShapeFit.Of(windows.SelectMany((w, i) => Rows(model, i, PastWindow.Of(past, w, task.Value), task)), windows[0].Days);
    }

    private static IEnumerable<ShapeRow> Rows(IForecastModel model, int number, PastWindow window, ForecastTask task)
    {
        if (window.Before.Buyers.Length == 0)
        {
            return [];
        }

        try
        {
            var forecasts = model.Fit(window.Before, window.TaskOf(task) with { WithQuantiles = false }).Forecast(window.Before.Buyers);
            return forecasts.Select((f, i) => new ShapeRow(
                number, window.Before.Buyers[i].Summary.PurchaseDays.Length - 1, f.Value, 1 - (f.Buys ?? 1),
                (double)window.Outcomes[i].Value.Minor));
        }
        catch (FitException)
        {
            return [];
        }
    }
}
