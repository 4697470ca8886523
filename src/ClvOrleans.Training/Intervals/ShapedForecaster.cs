using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Valuation.Intervals;

namespace ClvOrleans.Training.Intervals;

/// <summary>
/// A forecaster with the intervals that live estimates have: conformal ones where a shape was calibrated, else its own; and totals.
/// </summary>
/// <param name="inner">Forecasts values and probabilities of a purchase.</param>
/// <param name="intervals">How they are distributed.</param>
/// <param name="task">What is forecast.</param>
internal sealed class ShapedForecaster(IForecaster inner, ValueIntervals intervals, ForecastTask task) : IForecaster, ITotalForecaster
{
    private static readonly ImmutableArray<double> Probabilities = ValueQuantiles.Probabilities(ValueQuantiles.OfCustomer);

    public string Description => inner.Description;

    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => intervals.HasShape
        ? [.. inner.Forecast(customers).Zip(customers, Shaped)]
        : inner.Forecast(customers);

    public ValueQuantiles Total(IReadOnlyList<AsOfSnapshot> customers)
    {
        var (expected, variance, hazard) = (0.0, 0.0, 0.0);
        foreach (var forecast in Forecast(customers))
        {
            (expected, variance) = (expected + forecast.Value, variance + (forecast.Variance ?? 0));
            hazard += -Math.Log(Math.Clamp(1 - (forecast.Buys ?? 1), 1e-12, 1));
        }

        return ValueQuantiles.Of(ValueQuantiles.OfTotal, intervals.OfTotal(expected, variance, hazard, task.Horizon).Quantile);
    }

    public double? ExpectedRepeats(double weeks) => inner.ExpectedRepeats(weeks);

    private Forecast Shaped(Forecast forecast, AsOfSnapshot customer)
    {
        var repeats = customer.Summary.PurchaseDays.Length - 1;
        var value = intervals.Of(forecast.Value, repeats, 1 - (forecast.Buys ?? 1), task.Horizon);
        return forecast with
        {
            Variance = value.Variance,
            Intervals =
            [
                .. Forecasts.Forecast.Levels.Select(l => new Forecast.Interval(value.Quantile((1 - l) / 2), value.Quantile((1 + l) / 2))),
            ],
            Quantiles = task.WithQuantiles ? new ValueQuantiles([.. Probabilities.Select(value.Quantile)]) : null,
        };
    }
}
