using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
/// <remarks>What counts against the limits is not kept but summed up from the decisions, whenever it is asked for.</remarks>
internal sealed class InMemoryDecisions(InMemoryStorage storage) : IDecisions
{
    public Task<DecisionShard> TakeAsync(StoreId store, int shard, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var before = state.DecisionShards.GetValueOrDefault((store, shard), new DecisionShard(0, 0));
        var taken = before with { Writer = before.Writer + 1 };
        return (state with { DecisionShards = state.DecisionShards.SetItem((store, shard), taken) }, taken);
    });

    public Task<DecisionStatus> AppendAsync(DecisionBatch batch, CancellationToken cancellation = default) => storage.ChangeAsync(state =>
    {
        var after = state;
        foreach (var followed in batch.Others.Prepend(new FollowedShard(batch.Shard, batch.Writer, batch.After, batch.UpTo)))
        {
            var key = (batch.Store, followed.Shard);
            var shard = state.DecisionShards.GetValueOrDefault(key);
            if (shard?.Writer != followed.Writer || shard.UpTo != followed.After)
            {
                return (state, shard?.Writer != followed.Writer ? DecisionStatus.Fenced : DecisionStatus.Stale);
            }

            after = after with { DecisionShards = after.DecisionShards.SetItem(key, shard with { UpTo = followed.UpTo }) };
        }

        return Append(after, batch) is { } kept ? (kept, DecisionStatus.Kept) : (state, DecisionStatus.Stale);
    });

    public Task<IReadOnlyList<int>> FindDueShardsAsync(StoreId store, DateTimeOffset now, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<int>>(state =>
        [
            .. state.Transitions.Where(t => t.Customer.Store == store)
                .Where(t => t.Commit > (state.DecisionShards.GetValueOrDefault((store, state.ShardOf(t.Customer)))?.UpTo ?? 0))
                .Select(t => state.ShardOf(t.Customer))
                .Concat(state.Enrollments.Values.Where(e => e.Customer.Store == store && e.DueAt <= now)
                    .Select(e => state.ShardOf(e.Customer)))
                .Distinct().Order(),
        ]);

    public Task<IReadOnlyList<Enrollment>> DueAsync(
        StoreId store, int shard, DateTimeOffset now, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<Enrollment>>(state =>
        [
            .. state.Enrollments.Values.Where(e => e.Customer.Store == store && state.ShardOf(e.Customer) == shard && e.DueAt <= now)
                .OrderBy(e => e.DueAt).ThenBy(e => e.Customer.ToText(), StringComparer.Ordinal)
                .ThenBy(e => e.Policy.Value, StringComparer.Ordinal)
                .Take(limit),
        ]);

    public Task<CustomerPast> FindPastAsync(CustomerId customer, DateOnly since, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => new CustomerPast(
            [
                .. state.Decisions.Where(d => d.Decision.Customer == customer && d.Decision.Outcome != DecisionOutcome.Suppressed)
                    .Select(PastDecision.Of),
            ],
            [
                .. Charged(state, customer.Store).Where(d => d.Decision.Customer == customer && d.Charge!.Channel is not null)
                    .Where(d => d.Charge!.ContactDay >= since)
                    .GroupBy(d => (Channel: d.Charge!.Channel!.Value, d.Charge.ContactDay))
                    .OrderBy(g => g.Key.Channel.ToString(), StringComparer.Ordinal).ThenBy(g => g.Key.ContactDay)
                    .Select(g => (g.Key.Channel, new ContactDay(g.Key.ContactDay, g.Count()))),
            ],
            [
                .. state.Enrollments.Values.Where(e => e.Customer == customer).Select(e => e.Policy)
                    .OrderBy(p => p.Value, StringComparer.Ordinal),
            ]));

    public Task<StoreSpending> FindSpendingAsync(StoreId store, DateOnly day, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => new StoreSpending(
            state.BudgetPrices.GetValueOrDefault(store),
            Charged(state, store).GroupBy(d => (d.Decision.Policy, d.Charge!.Period)).ToImmutableDictionary(g => g.Key, g => Sum(g)),
            Charged(state, store).Where(d => d.Charge!.Day == day).GroupBy(d => d.Decision.Policy)
                .ToImmutableDictionary(g => g.Key, g => g.Count()),
            [
                .. state.Candidates.Where(c => c.Key.Store == store && c.Key.Day < day).OrderByDescending(c => c.Key.Day).Take(7)
                    .Select(c => c.Value),
            ]));

    public Task<DecisionRecord?> FindAsync(StoreId store, DecisionId id, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => Of(state, store).FirstOrDefault(d => d.Decision.Id == id));

    public Task<IReadOnlyList<DecisionRecord>> QueryAsync(DecisionQuery query, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<DecisionRecord>>(state =>
        [
            .. Of(state, query.Store).Reverse()
                .Where(d => d.Number < (query.Before ?? long.MaxValue)
                    && (query.Policy is null || d.Decision.Policy == query.Policy)
                    && (query.Customer is null || d.Decision.Customer == query.Customer)
                    && (query.Outcome is null || d.Decision.Outcome == query.Outcome)
                    && (query.Reason is null || d.Decision.Reason == query.Reason))
                .Take(query.Limit),
        ]);

    public Task<IReadOnlyList<DecisionRecord>> ReadAsync(StoreId store, long after, int limit, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<DecisionRecord>>(state => [.. Of(state, store).Where(d => d.Number > after).Take(limit)]);

    public Task<IReadOnlyList<DecisionCount>> CountAsync(StoreId store, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<DecisionCount>>(state =>
        [
            .. Of(state, store).GroupBy(d => (d.Decision.Policy, d.Decision.Outcome, d.Decision.Reason))
                .Select(g => new DecisionCount(g.Key.Policy, g.Key.Outcome, g.Key.Reason, g.Count(), Sum(g)))
                .OrderBy(c => c.Policy.Value, StringComparer.Ordinal).ThenBy(c => c.Outcome.ToString(), StringComparer.Ordinal)
                .ThenBy(c => c.Reason.ToString(), StringComparer.Ordinal),
        ]);

    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state =>
        {
            var kept = state.Decisions.RemoveAll(d => d.Decision.Customer.Store == store
                && d.Decision is { Outcome: DecisionOutcome.Suppressed, Inputs.At: var at } && at < before);
            return (state with { Decisions = kept }, state.Decisions.Count - kept.Count);
        });

    public Task<bool> GiveBackAsync(StoreId store, DecisionId id, DateTimeOffset at, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => GiveBack(state, store, id, at));

    /// <summary>Gives back within the change of somebody else, such as the end of a delivery.</summary>
    public static (InMemoryState State, bool IsGiven) GiveBack(InMemoryState state, StoreId store, DecisionId id, DateTimeOffset at)
    {
        var place = state.Decisions.FindIndex(d => d.Decision.Customer.Store == store && d.Decision.Id == id);
        return place >= 0 && state.Decisions[place] is { Charge: not null, GivenBackAt: null } found
            ? (state with { Decisions = state.Decisions.SetItem(place, found with { GivenBackAt = at }) }, true)
            : (state, false);
    }

    /// <summary>The limit that a delivery would exceed if it were handed over on a day; null for none.</summary>
    public static string? Exceeded(InMemoryState state, Delivery delivery, DateOnly day)
    {
        if (Of(state, delivery) is not { Charge: { } charge } taken)
        {
            return null;
        }

        var others = Charged(state, delivery.Customer.Store).Where(d => d.Decision.Id != taken.Decision.Id).ToList();
        var own = others.Where(d => d.Decision.Policy == taken.Decision.Policy).ToList();
        var limits = new HandOverLimits(
            LeftSince(charge.CoolDownDays),
            LeftSince(charge.CustomerCap?.Days ?? 0),
            others.Count(d => d.Decision.Customer == taken.Decision.Customer && d.Charge!.Channel == charge.Channel
                && d.Charge.ContactDay == day),
            own.Count(d => d.Charge!.Day == charge.Day),
            Sum(own.Where(d => d.Charge!.Period == charge.Period)));
        return limits.Exceeded(
            charge, taken.GivenBackAt is not null,
            charge.Channel is { } channel && state.PolicyTerms.GetValueOrDefault(delivery.Customer.Store, PolicyTerms.Default)
                .ChannelCaps.TryGetValue(channel, out var cap) ? cap : null);

        int LeftSince(int days) => own.Count(d => d.Decision.Customer == taken.Decision.Customer
            && LeftAt(d) is { } at && at > delivery.HandedAt!.Value.AddDays(-days));

        DateTimeOffset? LeftAt(DecisionRecord other) =>
            state.Deliveries.Find(
                d => d.Delivery.Customer.Store == delivery.Customer.Store && d.Delivery.Id.Value == other.Decision.Id.Value)
                .Delivery is not { } of ? other.Decision.DueAt
            : of is { State: DeliveryState.Waiting, MayHaveArrived: false } ? null
            : of.HandedAt ?? other.Decision.DueAt;
    }

    /// <summary>Has the decision of a delivery count, on a day.</summary>
    public static InMemoryState CountOn(InMemoryState state, Delivery delivery, DateOnly day) =>
        !delivery.MayHaveArrived && Of(state, delivery) is { Charge: { } charge } taken
            ? state with
            {
                Decisions = state.Decisions.Replace(taken, taken with { GivenBackAt = null, Charge = charge with { ContactDay = day } }),
            }
            : state;

    private static DecisionRecord? Of(InMemoryState state, Delivery delivery) => delivery.Decision is { } id
        ? Of(state, delivery.Customer.Store).FirstOrDefault(d => d.Decision.Id == id)
        : null;

    /// <summary>Gives what was decided for an identity to the customer that it becomes.</summary>
    public static InMemoryState Merge(InMemoryState state, CustomerId from, CustomerId to)
    {
        var enrollments = state.Enrollments;
        foreach (var moved in enrollments.Values.Where(e => e.Customer == from))
        {
            enrollments = enrollments.Remove((from, moved.Policy));
            enrollments = enrollments.TryGetValue((to, moved.Policy), out var own) && own.DueAt <= moved.DueAt
                ? enrollments
                : enrollments.SetItem((to, moved.Policy), moved with { Customer = to });
        }

        return state with
        {
            Enrollments = enrollments,
            Decisions =
            [
                .. state.Decisions.Select(d => d.Decision.Customer == from ? d with { Decision = d.Decision with { Customer = to } } : d),
            ],
        };
    }

    private static InMemoryState? Append(InMemoryState state, DecisionBatch batch)
    {
        foreach (var record in batch.Decisions)
        {
            var decision = record.Decision;
            if (state.Links.ContainsKey(decision.Customer)
                || state.Rows.GetValueOrDefault(decision.Customer).Row?.Sequence != decision.Inputs.Facts.Sequence
                || state.Decisions.Exists(d => d.Decision.Customer.Store == batch.Store && d.Decision.Id == decision.Id)
                || (record.Charge is { } charge && !Allows(state, decision, charge)))
            {
                return null;
            }

            var number = (state.Decisions.LastOrDefault()?.Number ?? 0) + 1;
            state = state with { Decisions = state.Decisions.Add(record with { Delivery = null, Number = number }) };
        }

        var spent = (double)Sum(batch.Decisions).Minor;
        state = InMemoryDeliveries.Add(state, [.. batch.Decisions.Select(d => d.Delivery).OfType<Delivery>()]);
        return state with
        {
            Enrollments = state.Enrollments.RemoveRange(batch.Ended).SetItems(
                batch.Enrolled.Select(e => KeyValuePair.Create((e.Customer, e.Policy), e))),
            Candidates = batch.Candidates == 0
                ? state.Candidates
                : state.Candidates.SetItem(
                    (batch.Store, batch.Day), state.Candidates.GetValueOrDefault((batch.Store, batch.Day)) + batch.Candidates),
            BudgetPrices = batch.Candidates == 0
                ? state.BudgetPrices
                : state.BudgetPrices.SetItem(
                    batch.Store,
                    (batch.Price with { Price = state.BudgetPrices.GetValueOrDefault(batch.Store) }).After(batch.Candidates, spent)),
        };
    }

    private static bool Allows(InMemoryState state, Decision decision, DecisionCharge charge)
    {
        var charged = Charged(state, decision.Customer.Store).ToList();
        var own = charged.Where(d => d.Decision.Policy == decision.Policy).ToList();
        return Sum(own.Where(d => d.Charge!.Period == charge.Period)) + charge.Amount <= charge.Budget
            && own.Count(d => d.Charge!.Day == charge.Day) < (charge.DayCap ?? int.MaxValue)
            && (charge.Channel is null || charge.ChannelCap is not { } cap || charged.Count(d =>
                d.Decision.Customer == decision.Customer && d.Charge!.Channel == charge.Channel
                    && d.Charge.ContactDay == charge.ContactDay) < cap);
    }

    private static IEnumerable<DecisionRecord> Of(InMemoryState state, StoreId store) =>
        state.Decisions.Where(d => d.Decision.Customer.Store == store);

    private static IEnumerable<DecisionRecord> Charged(InMemoryState state, StoreId store) =>
        Of(state, store).Where(d => d is { Charge: not null, GivenBackAt: null });

    private static Money Sum(IEnumerable<DecisionRecord> records) => records
        .Where(d => d is { Charge: not null, GivenBackAt: null })
        .Aggregate(Money.Zero, (sum, d) => sum + d.Charge!.Amount);
}
