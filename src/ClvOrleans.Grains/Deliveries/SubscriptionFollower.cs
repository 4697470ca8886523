using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Watches;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>
/// Makes deliveries of what subscriptions are told. Each shard follows its transitions by commit number; the first one follows the store's
/// decisions too. What follows and how far it was followed are kept in one transaction, so that nothing is missed and nothing told twice.
/// </summary>
internal sealed class SubscriptionFollower(
    ISubscriptions subscriptions, ITransitions transitions, IDecisions decisions, IStores stores, AudienceFollower audiences)
{
    private const int Page = 500;
    private const string Transitions = "transitions";
    private const string Decisions = "decisions";
    private const int ShardOfDecisions = 0;

    /// <summary>Follows to the end. False where another writer has taken the shard.</summary>
    public async Task<bool> FollowAsync(StoreId store, int shard, long writer, CancellationToken cancellation)
    {
        var all = await subscriptions.ListAsync(store, cancellation);
        var told = new SubscriptionNews(all, stores.Find(store));
        return (!all.Any(s => s.FollowsTransitions) || await FollowAsync(
                store, shard, writer, Transitions, async after =>
                    [.. (await transitions.ReadAsync(store, shard, after, Page, cancellation)).Select(t => (t.Commit, told.Of(t)))],
                cancellation))
            && (shard != ShardOfDecisions || !all.Any(s => s.FollowsDecisions) || await FollowAsync(
                store, shard, writer, Decisions, async after =>
                    [.. (await decisions.ReadAsync(store, after, Page, cancellation)).Select(d => (d.Number, told.Of(d)))],
                cancellation))
            && await audiences.FollowAsync(store, shard, writer, all, cancellation);
    }

    private async Task<bool> FollowAsync(
        StoreId store, int shard, long writer, string source,
        Func<long, Task<List<(long Position, IEnumerable<Delivery> News)>>> read, CancellationToken cancellation)
    {
        var after = await subscriptions.ReadCheckpointAsync(store, shard, source, cancellation);
        while (await read(after) is { Count: > 0 } page)
        {
            after = page[^1].Position;
            if (!await subscriptions.TryFollowAsync(store, shard, writer, source, after, [.. page.SelectMany(p => p.News)], cancellation))
            {
                return false;
            }
        }

        return true;
    }
}
