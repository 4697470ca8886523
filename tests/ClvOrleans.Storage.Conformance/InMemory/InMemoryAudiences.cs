using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryAudiences(InMemoryStorage storage) : IAudiences
{
    public Task<IReadOnlyList<AudienceHold>> HoldsAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<AudienceHold>>(state =>
        {
            var decided = state.Decisions.Where(d => d.Decision.Customer == customer).Select(d => DeliveryId.Of(d.Decision.Id)).ToHashSet();
            return
            [
                .. state.Deliveries.Select(d => d.Delivery)
                    .Where(d => d is { Channel: ActionChannel.Audience, State: DeliveryState.Sent } && decided.Contains(d.Id))
                    .Select(d => new AudienceHold(d.Topic, d.IsTransactional, d.ExpiresAt)),
            ];
        });

    public Task<IReadOnlyList<AudienceMark>> FindAsync(CustomerId customer, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<AudienceMark>>(state => Marks(state, k => k == customer, _ => true, int.MaxValue));

    public Task<IReadOnlyList<AudienceMark>> ReadMarkedAsync(
        StoreId store, int shard, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<AudienceMark>>(
            state => Marks(state, c => c.Store == store && state.ShardOf(c) == shard, m => m.Looked < m.Marks, limit));

    public Task<bool> TryKeepAsync(
        StoreId store, int shard, long writer, IReadOnlyCollection<AudienceMember> members, IReadOnlyCollection<AudienceMark> successors,
        CancellationToken cancellation = default) => storage.ChangeAsync(state => !InMemoryDeliveries.IsWriter(state, store, shard, writer)
        ? (state, false)
        : (successors.Aggregate(members.Aggregate(state, Keep), (before, s) => Mark(before, s.Customer, s.Audience)), true));

    public Task<IReadOnlyList<AudienceNews>> ReadUntoldAsync(
        StoreId store, int shard, Subscription subscription, DateTimeOffset now, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<AudienceNews>>(state =>
        [
            .. (from member in state.Audiences
               let key = member.Key
               where key.Customer.Store == store && state.ShardOf(key.Customer) == shard && member.Value.Looked > 0
                   && subscription.IsToldOfAudience(key.Audience)
               let told = state.Told.GetValueOrDefault((subscription.Id, subscription.Since, key.Customer, key.Audience))
               let isIn = member.Value.IsIn && !(member.Value.Until <= now)
               where isIn != told.IsIn && !state.Deliveries.Any(
                   d => d.Delivery.Customer.Store == store && d.Delivery.Id == told.Delivery && d.Delivery.IsOpen)
               select new AudienceNews(key.Audience, key.Customer, isIn, told.Number + 1))
                .OrderBy(n => n.Customer.ToText(), StringComparer.Ordinal).ThenBy(n => n.Audience, StringComparer.Ordinal).Take(limit),
        ]);

    public Task<bool> TryTellAsync(
        StoreId store, int shard, long writer, Subscription subscription, IReadOnlyCollection<(AudienceNews News, Delivery Delivery)> told,
        CancellationToken cancellation = default) => storage.ChangeAsync(state => !InMemoryDeliveries.IsWriter(state, store, shard, writer)
        ? (state, false)
        : (told.Aggregate(state, (before, t) => Tell(before, subscription, t.News, t.Delivery)), true));

    internal static InMemoryState Mark(InMemoryState state, CustomerId customer, string audience)
    {
        var known = state.Audiences.GetValueOrDefault((customer, audience));
        return state with { Audiences = state.Audiences.SetItem((customer, audience), known with { Marks = known.Marks + 1 }) };
    }

    private static InMemoryState Keep(InMemoryState state, AudienceMember member)
    {
        var key = (member.Mark.Customer, member.Mark.Audience);
        return state.Audiences.TryGetValue(key, out var known) && known.Looked <= member.Mark.Marks
            ? state with { Audiences = state.Audiences.SetItem(key, (known.Marks, member.Mark.Marks, member.IsIn, member.Until)) }
            : state;
    }

    private static InMemoryState Tell(InMemoryState state, Subscription subscription, AudienceNews news, Delivery delivery)
    {
        var key = (subscription.Id, subscription.Since, news.Customer, news.Audience);
        var before = state.Told.GetValueOrDefault(key);
        if (news.Number != before.Number + 1)
        {
            return state;
        }

        var dead = state.Deliveries.FindIndex(
            d => d.Delivery.Customer.Store == news.Customer.Store && d.Delivery.Id == before.Delivery
                && d.Delivery.State == DeliveryState.Dead);
        if (dead >= 0)
        {
            var (given, by) = state.Deliveries[dead];
            given = given with { State = DeliveryState.Cancelled, Reason = DeliveryReasons.Superseded };
            state = state with { Deliveries = state.Deliveries.SetItem(dead, (given, by)) };
        }

        return InMemoryDeliveries.Add(state with { Told = state.Told.SetItem(key, (news.Number, news.IsIn, delivery.Id)) }, [delivery]);
    }

    private static List<AudienceMark> Marks(
        InMemoryState state, Func<CustomerId, bool> who, Func<(long Marks, long Looked, bool IsIn, DateTimeOffset? Until), bool> which,
        int limit) =>
    [
        .. state.Audiences.Where(a => who(a.Key.Customer) && which(a.Value))
            .OrderBy(a => a.Key.Customer.ToText(), StringComparer.Ordinal).ThenBy(a => a.Key.Audience, StringComparer.Ordinal)
            .Take(limit).Select(a => new AudienceMark(a.Key.Audience, a.Key.Customer, a.Value.Marks)),
    ];
}
