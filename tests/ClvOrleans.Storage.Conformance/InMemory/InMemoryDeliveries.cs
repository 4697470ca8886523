using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryDeliveries(InMemoryStorage storage) : IDeliveries
{
    public Task AddAsync(StoreId store, IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => Add(state, deliveries));

    public Task<long> TakeAsync(StoreId store, int shard, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var writer = state.DeliveryShards.GetValueOrDefault((store, shard)) + 1;
        return (state with { DeliveryShards = state.DeliveryShards.SetItem((store, shard), writer) }, writer);
    });

    public Task<IReadOnlyList<Delivery>> ReadDueAsync(
        StoreId store, int shard, long writer, ActionChannel? channel, DateTimeOffset now, int limit,
        CancellationToken cancellation = default) => storage.ReadAsync<IReadOnlyList<Delivery>>(state =>
    [
        .. state.Deliveries
            .Where(d => d.Delivery.Customer.Store == store && state.ShardOf(d.Delivery.Customer) == shard)
            .Where(d => channel is null || d.Delivery.Channel == channel)
            .Where(d => IsDue(state, d.Delivery, d.Writer, writer, now))
            .Select(d => d.Delivery).OrderBy(d => d.NextAt).Take(limit),
    ]);

    public Task<bool> TryPutAsync(
        StoreId store, int shard, long writer, IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => IsWriter(state, store, shard, writer)
            ? (deliveries.Aggregate(state, (before, d) => Put(before, store, shard, writer, d)), true)
            : (state, false));

    public Task<HandOverResult> HandOverAsync(
        StoreId store, int shard, long writer, Delivery delivery, DateOnly day, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var standing = StandingOf(state, store, delivery);
            if (!IsWriter(state, store, shard, writer))
            {
                return (state, HandOverResult.Fenced);
            }

            if (standing == HandOverStanding.Held)
            {
                return (state, HandOverResult.Held);
            }

            var place = IndexOf(state, delivery);
            if (place < 0 || state.ShardOf(delivery.Customer) != shard || !state.Deliveries[place].Delivery.IsOpen)
            {
                return (state, HandOverResult.Ended);
            }

            var reason = standing == HandOverStanding.Stopped ? DeliveryReasons.Stopped
                : delivery.MayHaveArrived ? null
                : InMemoryDecisions.Exceeded(state, delivery, day);
            return reason is null
                ? (InMemoryDecisions.CountOn(Put(state, store, shard, writer, delivery), delivery, day), HandOverResult.Handed)
                : (Put(state, store, shard, writer, delivery with
                {
                    State = DeliveryState.Cancelled,
                    Attempts = delivery.Attempts - 1,
                    EndedAt = delivery.HandedAt,
                    HandedAt = null,
                    Reason = reason,
                }), HandOverResult.Ended);
        });

    public Task<IReadOnlyList<int>> FindDueShardsAsync(StoreId store, DateTimeOffset now, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<int>>(state =>
        [
            .. state.Deliveries.Where(d => d.Delivery.Customer.Store == store && IsDue(state, d.Delivery, d.Writer, -1, now))
                .Select(d => state.ShardOf(d.Delivery.Customer)).Distinct().Order(),
        ]);

    public Task<Delivery?> FindAsync(StoreId store, DeliveryId id, CancellationToken cancellation = default) => storage.ReadAsync(
        state => state.Deliveries.Select(d => d.Delivery).FirstOrDefault(d => d.Customer.Store == store && d.Id == id));

    public Task<IReadOnlyList<StoredDelivery>> ListAsync(
        DeliveryQuery query, long before, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<StoredDelivery>>(state =>
        [
            .. state.Deliveries.Select((d, i) => new StoredDelivery(i + 1, d.Delivery))
                .Where(d => d.Number < before && IsMeant(d.Delivery, query)).Reverse().Take(limit),
        ]);

    public Task<IReadOnlyList<DeliveryCount>> CountAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<DeliveryCount>>(state =>
        [
            .. state.Deliveries.Select(d => d.Delivery).Where(d => d.Customer.Store == store)
                .GroupBy(d => (d.Channel, d.State, Reason: d.State is DeliveryState.Cancelled or DeliveryState.Sent ? d.Reason : null))
                .Select(g => new DeliveryCount(g.Key.Channel, g.Key.State, g.Key.Reason, g.Count()))
                .OrderBy(c => c.Channel).ThenBy(c => c.State).ThenBy(c => c.Reason, StringComparer.Ordinal),
        ]);

    public Task<IReadOnlyList<DateTimeOffset>> ReadHandedAsync(
        StoreId store, ActionChannel channel, DateTimeOffset from, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<DateTimeOffset>>(state =>
        [
            .. state.Deliveries.Select(d => d.Delivery).Where(d => d.Customer.Store == store && d.Channel == channel)
                .Select(d => d.HandedAt).OfType<DateTimeOffset>().Where(at => at >= from).Order(),
        ]);

    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var kept = state.Deliveries.RemoveAll(
                d => d.Delivery.Customer.Store == store && !d.Delivery.IsOpen && d.Delivery.EndedAt < before
                    && (d.Delivery.State != DeliveryState.Sent || d.Delivery.Channel is not (ActionChannel.Audience or ActionChannel.Slot)
                        || d.Delivery.ExpiresAt < before));
            return (state with { Deliveries = kept }, state.Deliveries.Count - kept.Count);
        });

    public Task<int> ReviveAsync(DeliveryQuery query, DateTimeOffset now, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => Revive(state, d => IsMeant(d, query with { State = null }), now));

    public async Task<bool> ReviveAsync(StoreId store, DeliveryId id, DateTimeOffset now, CancellationToken cancellation = default) =>
        await storage.ChangeAsync(state => Revive(state, d => d.Customer.Store == store && d.Id == id, now)) > 0;

    internal static InMemoryState Add(InMemoryState state, IEnumerable<Delivery> deliveries) => deliveries.Aggregate(
        state, (before, delivery) => IndexOf(before, delivery) >= 0
            ? before
            : before with { Deliveries = before.Deliveries.Add((delivery, 0)) });

    internal static InMemoryState MarkBought(InMemoryState state, CustomerId customer, DateTimeOffset at) => state with
    {
        Deliveries =
        [
            .. state.Deliveries.Select(d => d.Delivery is { Subscription: null } delivery
                && (delivery.Customer == customer || state.Links.GetValueOrDefault(delivery.Customer) == customer)
                && (delivery.State == DeliveryState.Waiting
                    || (delivery.State is DeliveryState.Handed or DeliveryState.Sent && delivery.HandedAt >= at))
                    ? (delivery with { Reason = DeliveryReasons.HadBought }, d.Writer)
                    : d),
        ],
    };

    internal static bool IsWriter(InMemoryState state, StoreId store, int shard, long writer) =>
        state.DeliveryShards.TryGetValue((store, shard), out var last) && last == writer;

    private static HandOverStanding StandingOf(InMemoryState state, StoreId store, Delivery delivery) => delivery.Policy is not { } policy
        ? HandOverStanding.Acts
        : HandOverStandings.Of(
            state.PolicyTerms.GetValueOrDefault(store, PolicyTerms.Default),
            state.PolicyModes.TryGetValue((store, policy), out var mode) ? mode.Mode : null);

    private static bool IsDue(InMemoryState state, Delivery delivery, long by, long writer, DateTimeOffset now) =>
        StandingOf(state, delivery.Customer.Store, delivery) switch
        {
            HandOverStanding.Held => false,
            var standing => delivery.State == DeliveryState.Waiting
                ? standing == HandOverStanding.Stopped || delivery.NextAt <= now
                : delivery.State == DeliveryState.Handed && by != writer,
        };

    private static InMemoryState Put(InMemoryState state, StoreId store, int shard, long writer, Delivery delivery)
    {
        var place = delivery.Customer.Store == store && state.ShardOf(delivery.Customer) == shard ? IndexOf(state, delivery) : -1;
        if (place < 0 || !state.Deliveries[place].Delivery.IsOpen)
        {
            return state;
        }

        var isMarked = state.Deliveries[place].Delivery.Reason == DeliveryReasons.HadBought
            && delivery.State is DeliveryState.Handed or DeliveryState.Sent;
        var kept = isMarked ? delivery with { Reason = DeliveryReasons.HadBought } : delivery;
        state = state with { Deliveries = state.Deliveries.SetItem(place, (kept, writer)) };
        if (delivery is { State: DeliveryState.Sent, Channel: ActionChannel.Audience })
        {
            state = InMemoryAudiences.Mark(state, delivery.Customer, delivery.Topic);
        }

        return delivery is { HasSurelyFailed: true, Decision: { } decision }
            ? InMemoryDecisions.GiveBack(state, store, decision, delivery.EndedAt ?? delivery.NextAt).State
            : state;
    }

    private static (InMemoryState State, int Count) Revive(InMemoryState state, Func<Delivery, bool> isMeant, DateTimeOffset now)
    {
        var count = 0;
        var deliveries = state.Deliveries;
        for (var i = 0; i < deliveries.Count; i++)
        {
            if (deliveries[i].Delivery is { State: DeliveryState.Dead } dead && isMeant(dead))
            {
                count++;
                deliveries = deliveries.SetItem(
                    i, (dead with { State = DeliveryState.Waiting, NextAt = now, Attempts = 0 }, deliveries[i].Writer));
            }
        }

        return (state with { Deliveries = deliveries }, count);
    }

    private static int IndexOf(InMemoryState state, Delivery delivery) =>
        state.Deliveries.FindIndex(d => d.Delivery.Customer.Store == delivery.Customer.Store && d.Delivery.Id == delivery.Id);

    private static bool IsMeant(Delivery delivery, DeliveryQuery query) => delivery.Customer.Store == query.Store
        && (query.State is null || delivery.State == query.State) && (query.Channel is null || delivery.Channel == query.Channel)
        && (query.Topic is null || delivery.Topic == query.Topic)
        && (query.Subscription is null || delivery.Subscription == query.Subscription)
        && (query.Customers is null || query.Customers.Contains(delivery.Customer));
}
