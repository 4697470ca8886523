using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Training.Levels;

/// <summary>The level of a store alone: customers of a cohort are worth the same, their total has a distribution.</summary>
/// <param name="level">The level.</param>
/// <param name="task">What is forecast.</param>
internal sealed class LevelForecaster(StoreLevel level, ForecastTask task) : IForecaster, ITotalForecaster
{
    public string Description
    {
        get
        {
            var error = level.Error(task.Horizon);
            return FormattableString.Invariant(
                $"{level.Cohorts.Length} cohorts, {level.Months.Length} months; off by {error.Scale:0.00} ({error.DegreesOfFreedom:0} d.f.)");
        }
    }

    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) => [.. customers.Select(c =>
    {
        var value = Of(c);
        return Forecasts.Forecast.OfRate(value, value / level.MeanPurchase);
    })];

    public ValueQuantiles Total(IReadOnlyList<AsOfSnapshot> customers) => Total(customers.Sum(Of));

    // A part of the store varies more than the whole, of which the level's error tells.
    private ValueQuantiles Total(double expected)
    {
        var error = level.Error(task.Horizon);
        var all = level.Expected(level.Until, task.Horizon);
        var noise = Math.Max(0, level.Dispersion * level.MeanPurchase * ((1 / Math.Max(expected, 1)) - (1 / Math.Max(all, 1))));
        var shared = error with { Scale = Math.Sqrt((error.Scale * error.Scale) + noise) };
        return ValueQuantiles.Of(ValueQuantiles.OfTotal, p => expected * Math.Exp(shared.LogRatio(p)));
    }

    private double Of(AsOfSnapshot customer) =>
        level.OfCustomer(level.CohortOf(customer.Summary.PurchaseDays[0].Day), level.Until, task.Horizon);
}
