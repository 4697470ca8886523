using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Training.Forecasts;

/// <summary>A fitted model. Pure and safe to call from many threads.</summary>
public interface IForecaster
{
    /// <summary>What was fitted or chosen, in a few words for people.</summary>
    string Description { get; }

    /// <summary>
    /// Forecasts of some buyers of the store, as of the end of the history that the model was fitted to, in their order. They may be others
    /// than it was fitted to. What is asked together does not matter.
    /// </summary>
    IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers);

    /// <summary>
    /// Expected repeat purchases of a brand-new customer within some weeks of the first purchase, by which weekly sales are tracked; null
    /// where the model knows nothing of it.
    /// </summary>
    double? ExpectedRepeats(double weeks) => null;
}
