using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Storage.Models;

/// <summary>Predictions at rest: one record, and one total of each group and horizon, a model and calendar month.</summary>
public interface IPredictions
{
    /// <summary>Keeps a record. False where the model has one of that month already: what was said first stands.</summary>
    Task<bool> AddAsync(StoreId store, PredictionRecord record, CancellationToken cancellation = default);

    /// <summary>The records of a model, the latest first.</summary>
    Task<IReadOnlyList<PredictionRecord>> ListAsync(StoreId store, string model, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps totals. Where the model has one of the group, the horizon and that month already, what was said first stands.
    /// </summary>
    Task AddTotalsAsync(StoreId store, IReadOnlyCollection<PredictedTotal> totals, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps who is in an own segment now, as of a day, unless they are more than <paramref name="most"/>. <see cref="SettleAsync"/>
    /// forgets them once what came of all totals of the segment and the day is kept.
    /// </summary>
    /// <returns>How many are kept of that day.</returns>
    Task<long> KeepMembersAsync(
        StoreId store, SegmentId segment, DateOnly madeOn, long most, CancellationToken cancellation = default);

    /// <summary>Keeps what came of totals, of those that have an outcome and had none before.</summary>
    Task SettleAsync(StoreId store, IReadOnlyCollection<PredictedTotal> totals, CancellationToken cancellation = default);

    /// <summary>The totals of all models since a day, the latest first, then by horizon, model and group.</summary>
    Task<IReadOnlyList<PredictedTotal>> TotalsAsync(StoreId store, DateOnly since, CancellationToken cancellation = default);
}
