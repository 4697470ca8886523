using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;

namespace ClvOrleans.Storage.Policies;

/// <summary>
/// What policies decided, each decision once, and what they have spent. A merge of identities
/// (<see cref="Journal.CustomerCommit.Merged"/>) gives the decisions, contacts and steps under way of the one to the other, in its own
/// transaction; where both are under way in a policy, the one that is due first goes on.
/// </summary>
public interface IDecisions
{
    /// <summary>Makes the caller the writer of a shard's decisions: earlier ones can write no more.</summary>
    Task<DecisionShard> TakeAsync(StoreId store, int shard, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps decisions, what they take of the limits and how far the shards are followed, in one transaction. No limit is exceeded, whoever
    /// else writes: a batch that would is stale, and so is one of a customer who has moved on. One shard that is another writer's, or was
    /// followed further, refuses the whole batch.
    /// </summary>
    Task<DecisionStatus> AppendAsync(DecisionBatch batch, CancellationToken cancellation = default);

    /// <summary>The shards of a store with transitions that are not decided yet, or with somebody who is under way and due.</summary>
    Task<IReadOnlyList<int>> FindDueShardsAsync(StoreId store, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Who is under way and due, among the customers of a shard, the earliest first.</summary>
    Task<IReadOnlyList<Enrollment>> DueAsync(
        StoreId store, int shard, DateTimeOffset now, int limit, CancellationToken cancellation = default);

    /// <summary>What was decided for a customer before.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="since">The first day of contacts to return.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<CustomerPast> FindPastAsync(CustomerId customer, DateOnly since, CancellationToken cancellation = default);

    /// <summary>What the policies of a store have spent, as of a day of the store.</summary>
    Task<StoreSpending> FindSpendingAsync(StoreId store, DateOnly day, CancellationToken cancellation = default);

    /// <summary>A decision; null where there is none of that id.</summary>
    Task<DecisionRecord?> FindAsync(StoreId store, DecisionId id, CancellationToken cancellation = default);

    /// <summary>Some decisions of a store, the newest first.</summary>
    Task<IReadOnlyList<DecisionRecord>> QueryAsync(DecisionQuery query, CancellationToken cancellation = default);

    /// <summary>Decisions of a store with a number above <paramref name="after"/>, in order.</summary>
    Task<IReadOnlyList<DecisionRecord>> ReadAsync(StoreId store, long after, int limit, CancellationToken cancellation = default);

    /// <summary>How often what was decided, by policy.</summary>
    Task<IReadOnlyList<DecisionCount>> CountAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Removes suppressed decisions from before an instant. All others stay: caps, cool-downs, budgets, re-entry, holdouts and measured
    /// effects rest on them. How many there were.
    /// </summary>
    Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default);

    /// <summary>
    /// Gives back what a decision took of the limits, because its delivery surely failed: budget, caps of the day, of the customer and of
    /// the channel. False where it acted not at all, or was given back before.
    /// </summary>
    Task<bool> GiveBackAsync(StoreId store, DecisionId id, DateTimeOffset at, CancellationToken cancellation = default);
}
