using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Stores;

/// <summary>Removes what a store need not keep any longer. Each is registered once, and called once a day.</summary>
public interface IPruning
{
    /// <summary>Removes what is old at a time. Doing it again removes no more.</summary>
    Task PruneAsync(StoreId store, DateTimeOffset now);
}
