using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Deliveries;

/// <summary>The subscriptions of each store to transitions and decisions, and how far each shard has been followed for them.</summary>
public interface ISubscriptions
{
    /// <summary>The subscriptions of a store, by name.</summary>
    Task<IReadOnlyList<Subscription>> ListAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>Keeps a subscription, in place of the one of its name. False where the store would have more than it may.</summary>
    Task<bool> TryPutAsync(StoreId store, Subscription subscription, CancellationToken cancellation = default);

    /// <summary>Removes a subscription; what it was to be told stays. False where there is none.</summary>
    Task<bool> RemoveAsync(StoreId store, string id, CancellationToken cancellation = default);

    /// <summary>Up to which position a shard has followed a source, such as its transitions; 0 before the first.</summary>
    Task<long> ReadCheckpointAsync(StoreId store, int shard, string source, CancellationToken cancellation = default);

    /// <summary>
    /// Adds what follows from a part of a source and moves the checkpoint, in one transaction; deliveries that are known stay as they are.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="shard">The shard of all the deliveries.</param>
    /// <param name="writer">The number that <see cref="IDeliveries.TakeAsync"/> gave.</param>
    /// <param name="source">The source.</param>
    /// <param name="position">The new checkpoint.</param>
    /// <param name="deliveries">What follows.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False where another has taken the shard since: nothing is kept.</returns>
    Task<bool> TryFollowAsync(
        StoreId store, int shard, long writer, string source, long position, IReadOnlyCollection<Delivery> deliveries,
        CancellationToken cancellation = default);
}
