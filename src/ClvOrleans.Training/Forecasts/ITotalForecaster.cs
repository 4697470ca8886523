using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Training.Forecasts;

/// <summary>
/// A fitted model that tells how the total of many customers is distributed, which the sum of their own intervals does not: they share
/// the season and the store's fortune. Implemented beside <see cref="IForecaster"/>. Pure and safe to call from many threads.
/// </summary>
public interface ITotalForecaster
{
    /// <summary>The distribution of what some buyers of the store will be worth together within the horizon.</summary>
    ValueQuantiles Total(IReadOnlyList<AsOfSnapshot> customers);
}
