using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Sources;

/// <summary>
/// What became of the events of each source of a store, whichever silo had them. Silos add what they have counted meanwhile.
/// </summary>
public interface ISourceCounts
{
    /// <summary>Adds to the counts, all or none; durable on return. It yields to commits: it is written between them.</summary>
    Task AddAsync(StoreId store, IReadOnlyCollection<SourceCount> counts, CancellationToken cancellation = default);

    /// <summary>The counts of all time, by source, outcome and code.</summary>
    Task<IReadOnlyList<SourceCount>> ReadAsync(StoreId store, CancellationToken cancellation = default);
}
