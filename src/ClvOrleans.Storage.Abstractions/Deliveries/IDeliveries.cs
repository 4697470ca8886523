using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Deliveries;

/// <summary>
/// What is to be sent, and what became of it. A delivery stays in the shard of the customer for whom it was decided. A shard has one writer
/// at a time, who holds the number that <see cref="TakeAsync"/> gave last: what an earlier one writes is not kept.
/// </summary>
public interface IDeliveries
{
    /// <summary>Adds deliveries, all of them or none; those whose id is known stay as they are.</summary>
    Task AddAsync(StoreId store, IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation = default);

    /// <summary>
    /// Makes the caller the writer of a shard. The number that it writes with is higher than all before it, which can write no more.
    /// </summary>
    Task<long> TakeAsync(StoreId store, int shard, CancellationToken cancellation = default);

    /// <summary>
    /// Deliveries of a shard that wait and are due, and those that another writer has handed over without telling the end;
    /// the one that has waited longest first. Those of a policy that is stopped or removed are due at once, those of one that is paused or
    /// only looks on are not, nor those of any other while the kill switch is on.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="writer">The number that <see cref="TakeAsync"/> gave.</param>
    /// <param name="channel">The channel; null for all.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<Delivery>> ReadDueAsync(
        StoreId store, int shard, long writer, ActionChannel? channel, DateTimeOffset now, int limit,
        CancellationToken cancellation = default);

    /// <summary>
    /// Keeps how far deliveries of a shard have come, in one transaction; those that have ended stay as they are. Of one that has surely
    /// failed, what its decision took of limits is given back.
    /// </summary>
    /// <returns>False where another has taken the shard since: nothing is kept.</returns>
    Task<bool> TryPutAsync(
        StoreId store, int shard, long writer, IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps a delivery as handed over, unless what holds now stops it. All that it is judged by is read in the same transaction: once a
    /// kill switch, a pause or a stop is durable, no delivery of the policy is handed over. What its policy holds stays as it is. That of
    /// a stopped policy, or one that would exceed a limit (<see cref="HandOverLimits"/>, unless it may have arrived before), is cancelled,
    /// and what its decision took is given back. Otherwise the decision counts for <paramref name="day"/>, and what was given back before
    /// is taken again.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="writer">The number that <see cref="TakeAsync"/> gave.</param>
    /// <param name="delivery">The delivery as it is once it is handed over.</param>
    /// <param name="day">The day of the customer's calendar.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<HandOverResult> HandOverAsync(
        StoreId store, int shard, long writer, Delivery delivery, DateOnly day, CancellationToken cancellation = default);

    /// <summary>The shards with deliveries that are due or on their way, in order.</summary>
    Task<IReadOnlyList<int>> FindDueShardsAsync(StoreId store, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>A delivery; null if none has this id.</summary>
    Task<Delivery?> FindAsync(StoreId store, DeliveryId id, CancellationToken cancellation = default);

    /// <summary>Some deliveries with a number below <paramref name="before"/>, the latest first.</summary>
    Task<IReadOnlyList<StoredDelivery>> ListAsync(
        DeliveryQuery query, long before, int limit, CancellationToken cancellation = default);

    /// <summary>How many there are by channel, state and, where they were cancelled, reason; in this order.</summary>
    Task<IReadOnlyList<DeliveryCount>> CountAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>When deliveries of a channel were handed over, from an instant on, in order.</summary>
    Task<IReadOnlyList<DateTimeOffset>> ReadHandedAsync(
        StoreId store, ActionChannel channel, DateTimeOffset from, CancellationToken cancellation = default);

    /// <summary>
    /// Removes what ended before an instant, but nothing that an audience or a slot still holds: what was sent there and has not expired
    /// since. How many there were.
    /// </summary>
    Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>Has dead deliveries that a query asks for sent again, as if they were new, under their ids. How many there were.</summary>
    Task<int> ReviveAsync(DeliveryQuery query, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Has a dead delivery sent again. False where it is not dead.</summary>
    Task<bool> ReviveAsync(StoreId store, DeliveryId id, DateTimeOffset now, CancellationToken cancellation = default);
}
