using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Conformance.Deliveries;

/// <summary><see cref="ISubscriptions"/>: what is followed is followed once.</summary>
public class SubscriptionTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static int Shard => Sample.Customer("anna").Shard;

    [Fact]
    public async Task A_subscription_is_kept_replaced_and_removed_by_its_name()
    {
        await PutAsync(Sample.Subscription("erp"), Sample.Subscription("crm"), Sample.Subscription("crm") with { IsAudience = true });
        await ReopenAsync();
        var kept = await Store.Subscriptions.ListAsync(Shop);
        Assert.Equal(["crm", "erp"], kept.Select(s => s.Id));
        Assert.True(kept[0].IsAudience);
        Assert.Equivalent(Sample.Subscription("erp"), kept[1], strict: true);
        Assert.Empty(await Store.Subscriptions.ListAsync(Other));
        Assert.True(await Store.Subscriptions.RemoveAsync(Shop, "crm"));
        Assert.False(await Store.Subscriptions.RemoveAsync(Shop, "crm"));
        Assert.Single(await Store.Subscriptions.ListAsync(Shop));
    }

    [Fact]
    public async Task A_store_has_only_so_many()
    {
        await PutAsync([.. Enumerable.Range(0, Subscription.Most).Select(i => Sample.Subscription($"s{i}"))]);
        Assert.False(await Store.Subscriptions.TryPutAsync(Shop, Sample.Subscription("more")));
        Assert.True(await Store.Subscriptions.TryPutAsync(Shop, Sample.Subscription("s0")));
        Assert.True(await Store.Subscriptions.TryPutAsync(Other, Sample.Subscription("more")));
    }

    [Fact]
    public async Task The_writer_of_a_shard_follows_a_source_and_nobody_before()
    {
        var first = await Store.Deliveries.TakeAsync(Shop, Shard);
        var second = await Store.Deliveries.TakeAsync(Shop, Shard);
        Assert.False(await FollowAsync(first, 5, "d"));
        Assert.Equal(0, await Store.Subscriptions.ReadCheckpointAsync(Shop, Shard, "transitions"));
        Assert.Null(await Store.Deliveries.FindAsync(Shop, DeliveryId.Of("d")));
        Assert.True(await FollowAsync(second, 5, "d"));
        Assert.True(await FollowAsync(second, 9, "d", "e"));
        await ReopenAsync();
        Assert.Equal(9, await Store.Subscriptions.ReadCheckpointAsync(Shop, Shard, "transitions"));
        Assert.Equal(0, await Store.Subscriptions.ReadCheckpointAsync(Shop, Shard, "decisions"));
        Assert.Equal(2, (await Store.Deliveries.ListAsync(new DeliveryQuery(Shop), long.MaxValue, 9)).Count);
    }

    private async Task PutAsync(params Subscription[] subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            Assert.True(await Store.Subscriptions.TryPutAsync(Shop, subscription));
        }
    }

    private Task<bool> FollowAsync(long writer, long position, params string[] deliveries) => Store.Subscriptions.TryFollowAsync(
        Shop, Shard, writer, "transitions", position, [.. deliveries.Select(d => Sample.Delivery(d, "anna"))]);
}
