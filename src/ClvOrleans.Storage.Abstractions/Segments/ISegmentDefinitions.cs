using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Segments;

/// <summary>The own segments of stores, with every earlier definition.</summary>
public interface ISegmentDefinitions
{
    /// <summary>The segments of a store.</summary>
    Task<SegmentDefinitions> ReadAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Defines a segment, or changes or removes it, under the store's next revision; durable on return. Only while the store's revision is
    /// still <paramref name="expected"/>: what was checked against the other segments stays so. False where it has moved on; nothing is
    /// kept then.
    /// </summary>
    Task<bool> TryPutAsync(StoreId store, SegmentDefinition definition, long expected, CancellationToken cancellation = default);

    /// <summary>Every definition that a segment had, the newest first; empty where there never was one of that name.</summary>
    Task<IReadOnlyList<SegmentDefinition>> HistoryAsync(StoreId store, SegmentId segment, CancellationToken cancellation = default);
}
