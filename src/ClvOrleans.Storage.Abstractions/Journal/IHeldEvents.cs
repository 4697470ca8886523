using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Journal;

/// <summary>The events that wait for their orders (<see cref="IJournal.HoldAsync"/>), as a whole.</summary>
public interface IHeldEvents
{
    /// <summary>
    /// Removes those that happened before, some at a time between commits. Where their order comes later, it is without them.
    /// </summary>
    /// <returns>How many were removed.</returns>
    Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default);
}
