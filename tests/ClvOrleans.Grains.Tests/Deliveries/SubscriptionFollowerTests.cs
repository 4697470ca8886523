using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Testing;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Tests.Deliveries;

/// <summary>Subscriptions are told of each transition once, and of none from before them.</summary>
public sealed class SubscriptionFollowerTests(DeliveryCluster cluster) : IClassFixture<DeliveryCluster>
{
    private readonly StoreId _store = cluster.NewStore();
    private readonly List<Transition> _noticed = [];

    private CustomerId Anna => CustomerId.OfUser(_store, "anna");

    private SqlSubscriptions Subscriptions => new(cluster.Service<ISqlDatabase>(0));

    [Fact]
    public async Task Each_transition_is_told_once_to_whom_it_concerns()
    {
        await SubscribeAsync("crm", false, "segment/vip");
        await SubscribeAsync("all", false, "segment/*");
        Notice(1, "vip", TransitionKind.Entered, minutes: -1);
        Notice(2, "vip", TransitionKind.Entered);
        Notice(3, "other", TransitionKind.Left);
        for (var round = 0; round < 3; round++)
        {
            Assert.True(await FollowAsync(new Faults()));
        }

        Assert.Equal(["all segment/other", "all segment/vip", "crm segment/vip"], await ToldAsync());
        Assert.Equal(3, await Subscriptions.ReadCheckpointAsync(_store, Anna.Shard, "transitions"));
    }

    [Theory]
    [InlineData(FaultKind.Fail)]
    [InlineData(FaultKind.FailAfter)]
    public async Task A_failure_before_or_after_the_checkpoint_loses_and_repeats_nothing(FaultKind kind)
    {
        await SubscribeAsync("crm", false, "segment/vip");
        Notice(1, "vip", TransitionKind.Entered);
        var faults = new Faults();
        faults.Next("ISubscriptions.TryFollowAsync", 1, new Fault(kind));
        await Assert.ThrowsAsync<IOException>(() => FollowAsync(faults));
        Assert.True(await FollowAsync(faults));
        Assert.Equal(["crm segment/vip"], await ToldAsync());
    }

    [Fact]
    public async Task An_audience_is_told_of_adds_only_with_consent_and_of_removes_always()
    {
        await SubscribeAsync("ads", true, "segment/vip");
        await cluster.ConsentAsync(Anna, false, "audience");
        Notice(1, "vip", TransitionKind.Entered);
        Notice(2, "vip", TransitionKind.Left);
        Notice(3, "vip", TransitionKind.Moved);
        Assert.True(await FollowAsync(new Faults()));
        await cluster.SettleAsync(_store);
        var told = (await cluster.Deliveries.ListAsync(new DeliveryQuery(_store), long.MaxValue, 9)).Select(d => d.Delivery).Reverse();
        Assert.Equal(
            [("audience.added", DeliveryState.Cancelled, "consent"), ("audience.removed", DeliveryState.Sent, null)],
            told.Select(d => (d.Payload.GetProperty("type").GetString()!, d.State, d.Reason)));
    }

    private Task<bool> SubscribeAsync(string id, bool isAudience, params string[] topics) =>
        Subscriptions.TryPutAsync(_store, new Subscription
        {
            Id = id,
            Url = new Uri("https://crm.example/hook"),
            Topics = [.. topics],
            IsAudience = isAudience,
            Secrets = [WebhookSignature.NewSecret()],
            Since = cluster.Time.GetUtcNow(),
        });

    private void Notice(long commit, string segment, TransitionKind kind, int minutes = 0) => _noticed.Add(new Transition
    {
        Customer = Anna,
        Subject = WatchSubject.Of(new SegmentId(segment)),
        Revision = 1,
        Kind = kind,
        Entry = 1,
        Since = cluster.Time.GetUtcNow(),
        At = cluster.Time.GetUtcNow().AddMinutes(minutes),
        Cause = WatchCause.Time,
        Facts = new TransitionFacts(new DateOnly(2026, 6, 15), 1, null, new Money(100), 500_000, null, "prior", 0),
        Commit = commit,
    });

    private async Task<bool> FollowAsync(Faults faults)
    {
        var writer = await cluster.Deliveries.TakeAsync(_store, Anna.Shard);
        var follower = new SubscriptionFollower(
            faults.Wrap<ISubscriptions>(Subscriptions), new Noticed(_noticed), cluster.Service<IDecisions>(0), new AnyStore(),
            cluster.Service<AudienceFollower>(0));
        return await follower.FollowAsync(_store, Anna.Shard, writer, TestContext.Current.CancellationToken);
    }

    private async Task<string[]> ToldAsync() =>
    [
        .. (await cluster.Deliveries.ListAsync(new DeliveryQuery(_store), long.MaxValue, 100))
            .Select(d => $"{d.Delivery.Subscription} {d.Delivery.Topic}").Order(StringComparer.Ordinal),
    ];

    // Transitions as a shard keeps them.
    private sealed class Noticed(IReadOnlyList<Transition> all) : ITransitions
    {
        public Task<IReadOnlyList<Transition>> ReadAsync(
            StoreId store, int shard, long after, int limit, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<Transition>>([.. all.Where(t => t.Customer.Shard == shard && t.Commit > after).Take(limit)]);

        public Task<IReadOnlyList<Transition>> QueryAsync(TransitionQuery query, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<TransitionCount>> CountAsync(
            StoreId store, DateTimeOffset since, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }
}
