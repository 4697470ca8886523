using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Storage.Models;

/// <summary>Predictions at rest, one record a model and calendar month.</summary>
public interface IPredictions
{
    /// <summary>Keeps a record. False where the model has one of that month already: what was said first stands.</summary>
    Task<bool> AddAsync(StoreId store, PredictionRecord record, CancellationToken cancellation = default);

    /// <summary>The records of a model, the latest first.</summary>
    Task<IReadOnlyList<PredictionRecord>> ListAsync(StoreId store, string model, CancellationToken cancellation = default);
}
