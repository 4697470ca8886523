using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Storage.Deliveries;

/// <summary>
/// Who is in the audiences of policies, and what each subscription was told of it. A delivery by audience that is kept as sent marks its
/// customer; whoever is marked is looked at by the writer of their shard's deliveries.
/// </summary>
public interface IAudiences
{
    /// <summary>The deliveries that hold a customer in audiences, also those of identities that have become them.</summary>
    Task<IReadOnlyList<AudienceHold>> HoldsAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>What is known of a customer and audiences, by audience; empty for most.</summary>
    Task<IReadOnlyList<AudienceMark>> FindAsync(CustomerId customer, CancellationToken cancellation = default);

    /// <summary>Some of those of a shard who were marked since they were looked at.</summary>
    Task<IReadOnlyList<AudienceMark>> ReadMarkedAsync(StoreId store, int shard, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps who is in audiences of a shard, and marks those whom its customers have become, in one transaction. What was marked since
    /// stays marked.
    /// </summary>
    /// <returns>False where another has taken the shard since: nothing is kept.</returns>
    Task<bool> TryKeepAsync(
        StoreId store, int shard, long writer, IReadOnlyCollection<AudienceMember> members, IReadOnlyCollection<AudienceMark> successors,
        CancellationToken cancellation = default);

    /// <summary>
    /// Some of what a subscription has not been told of a shard: of each customer and audience the next telling, once the one before it has
    /// ended.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="subscription">The subscription; one that is defined anew begins anew.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<AudienceNews>> ReadUntoldAsync(
        StoreId store, int shard, Subscription subscription, DateTimeOffset now, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps that a subscription was told, with the deliveries that tell it, in one transaction; a telling of another number than the next
    /// is left out. A telling before it that was given up is not sent again.
    /// </summary>
    /// <returns>False where another has taken the shard since: nothing is kept.</returns>
    Task<bool> TryTellAsync(
        StoreId store, int shard, long writer, Subscription subscription, IReadOnlyCollection<(AudienceNews News, Delivery Delivery)> told,
        CancellationToken cancellation = default);
}
