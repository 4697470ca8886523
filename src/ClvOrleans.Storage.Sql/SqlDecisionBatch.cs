using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Sql;

/// <summary>Writes one batch of decisions within a transaction. What it refuses is taken back by what it throws.</summary>
internal sealed class SqlDecisionBatch(DecisionBatch batch)
{
    // Made before the transaction, which others wait for.
    private readonly ImmutableArray<(byte[] Payload, byte[]? Charge)> _decisions =
    [
        .. batch.Decisions.Select(d => (
            JsonSerializer.SerializeToUtf8Bytes(d.Decision, PoliciesJson.Default.Decision),
            d.Charge is { } c ? JsonSerializer.SerializeToUtf8Bytes(c, PoliciesJson.Default.DecisionCharge) : null)),
    ];

    private readonly ImmutableArray<byte[]> _enrolled =
        [.. batch.Enrolled.Select(e => JsonSerializer.SerializeToUtf8Bytes(e, PoliciesJson.Default.Enrollment))];

    /// <summary>What it holds: what the store has spent, and the customers who are to stay as they were read.</summary>
    public IReadOnlyCollection<string> Scopes =>
    [
        SqlDecisions.ScopeOf(batch.Store),
        .. batch.Decisions.Select(d => d.Decision.Customer).Concat(batch.Enrolled.Select(e => e.Customer))
            .Concat(batch.Ended.Select(e => e.Customer)).Distinct().Select(SqlScope.Of),
    ];

    public async ValueTask WriteAsync(ISqlSession session)
    {
        await FollowAsync(session, new FollowedShard(batch.Shard, batch.Writer, batch.After, batch.UpTo));
        foreach (var other in batch.Others)
        {
            await FollowAsync(session, other);
        }

        foreach (var customer in batch.Decisions.Select(d => (d.Decision.Customer, d.Decision.Inputs.Facts.Sequence)).Distinct())
        {
            await FenceAsync(session, customer.Customer, customer.Sequence);
        }

        var spent = 0.0;
        for (var i = 0; i < _decisions.Length; i++)
        {
            await InsertAsync(session, batch.Decisions[i].Decision, _decisions[i].Payload, _decisions[i].Charge);
            if (batch.Decisions[i].Charge is { } charge)
            {
                await ChargeAsync(session, batch.Decisions[i].Decision, charge);
                spent += (double)charge.Amount.Minor;
            }

            if (batch.Decisions[i].Delivery is { } delivery)
            {
                await SqlDeliveries.InsertAsync(session, delivery);
            }
        }

        await EnrollAsync(session);
        await MovePriceAsync(session, spent);
    }

    private async ValueTask FollowAsync(ISqlSession session, FollowedShard shard)
    {
        var followed = await session.RunAsync(
            "UPDATE decision_shards SET up_to = $upto WHERE store = $store AND shard = $shard AND writer = $writer AND up_to = $after",
            ("$store", batch.Store.Value), ("$shard", shard.Shard), ("$upto", shard.UpTo), ("$writer", shard.Writer),
            ("$after", shard.After));
        if (followed == 0)
        {
            var writer = await session.ScalarAsync(
                "SELECT writer FROM decision_shards WHERE store = $store AND shard = $shard", ("$store", batch.Store.Value),
                ("$shard", shard.Shard));
            throw new RefusedException(writer as long? == shard.Writer ? DecisionStatus.Stale : DecisionStatus.Fenced);
        }
    }

    // Whom it is decided for is as they were read, and is still they.
    private static async ValueTask FenceAsync(ISqlSession session, CustomerId customer, long sequence)
    {
        var found = await session.ScalarAsync(
            "SELECT sequence FROM customers WHERE store = $store AND customer = $customer "
                + "AND NOT EXISTS (SELECT 1 FROM identity_links WHERE store = $store AND customer = $customer)",
            ("$store", customer.Store.Value), ("$customer", customer.ToText()));
        if (found as long? != sequence)
        {
            throw new RefusedException(DecisionStatus.Stale);
        }
    }

    private static async ValueTask InsertAsync(ISqlSession session, Decision decision, byte[] payload, byte[]? charge)
    {
        var inserted = await session.RunAsync(
            "INSERT INTO decisions (store, id, customer, policy, outcome, reason, at, due_at, is_entry, is_shadow, cost, charge, payload) "
                + "VALUES ($store, $id, $customer, $policy, $outcome, $reason, $at, $due, $entry, $shadow, $cost, $charge, $payload) "
                + "ON CONFLICT DO NOTHING",
            ("$store", decision.Customer.Store.Value), ("$id", decision.Id.Value), ("$customer", decision.Customer.ToText()),
            ("$policy", decision.Policy.Value), ("$outcome", decision.Outcome.ToString()), ("$reason", decision.Reason.ToString()),
            ("$at", decision.Inputs.At.ToUnixTimeMilliseconds()), ("$due", decision.DueAt?.ToUnixTimeMilliseconds()),
            ("$entry", decision.Inputs.IsEntry ? 1 : 0), ("$shadow", decision.Inputs.Mode == PolicyMode.Shadow ? 1 : 0),
            ("$cost", (long)decision.Cost.Minor), ("$charge", charge), ("$payload", payload));
        Demand(inserted == 1);
    }

    // Each limit is checked by the statement that counts against it.
    private static async ValueTask ChargeAsync(ISqlSession session, Decision decision, DecisionCharge charge)
    {
        var (store, policy) = (decision.Customer.Store.Value, decision.Policy.Value);
        Demand(charge.Amount <= charge.Budget && await session.RunAsync(
            "INSERT INTO policy_spending (store, policy, period, spent) VALUES ($store, $policy, $period, $cost) "
                + "ON CONFLICT (store, policy, period) DO UPDATE SET spent = policy_spending.spent + $cost "
                + "WHERE policy_spending.spent + $cost <= $budget",
            ("$store", store), ("$policy", policy), ("$period", charge.Period), ("$cost", (long)charge.Amount.Minor),
            ("$budget", (long)charge.Budget.Minor)) == 1);
        Demand(await session.RunAsync(
            "INSERT INTO policy_days (store, policy, day, actions) VALUES ($store, $policy, $day, 1) "
                + "ON CONFLICT (store, policy, day) DO UPDATE SET actions = policy_days.actions + 1 WHERE policy_days.actions < $cap",
            ("$store", store), ("$policy", policy), ("$day", charge.Day.DayNumber), ("$cap", charge.DayCap ?? int.MaxValue)) == 1);
        if (charge.Channel is { } channel)
        {
            Demand(charge.ChannelCap is not 0 && await session.RunAsync(
                "INSERT INTO contact_days (store, customer, channel, day, contacts) VALUES ($store, $customer, $channel, $day, 1) "
                    + "ON CONFLICT (store, customer, channel, day) DO UPDATE SET contacts = contact_days.contacts + 1 "
                    + "WHERE contact_days.contacts < $cap",
                ("$store", store), ("$customer", decision.Customer.ToText()), ("$channel", channel.ToString()),
                ("$day", charge.ContactDay.DayNumber), ("$cap", charge.ChannelCap ?? int.MaxValue)) == 1);
        }
    }

    private async ValueTask EnrollAsync(ISqlSession session)
    {
        foreach (var (customer, policy) in batch.Ended)
        {
            await session.RunAsync(
                "DELETE FROM enrollments WHERE store = $store AND customer = $customer AND policy = $policy",
                ("$store", batch.Store.Value), ("$customer", customer.ToText()), ("$policy", policy.Value));
        }

        for (var i = 0; i < _enrolled.Length; i++)
        {
            var enrollment = batch.Enrolled[i];
            await session.RunAsync(
                "INSERT INTO enrollments (store, customer, policy, shard, due_at, payload) "
                    + "VALUES ($store, $customer, $policy, $shard, $due, $payload) ON CONFLICT (store, customer, policy) "
                    + "DO UPDATE SET shard = excluded.shard, due_at = excluded.due_at, payload = excluded.payload",
                ("$store", batch.Store.Value), ("$customer", enrollment.Customer.ToText()), ("$policy", enrollment.Policy.Value),
                ("$shard", await session.Shards.OfAsync(session, enrollment.Customer)), ("$due", enrollment.DueAt.ToUnixTimeMilliseconds()),
                ("$payload", _enrolled[i]));
        }
    }

    private async ValueTask MovePriceAsync(ISqlSession session, double spent)
    {
        if (batch.Candidates == 0)
        {
            return;
        }

        await session.RunAsync(
            "INSERT INTO decision_days (store, day, candidates) VALUES ($store, $day, $candidates) "
                + "ON CONFLICT (store, day) DO UPDATE SET candidates = decision_days.candidates + $candidates",
            ("$store", batch.Store.Value), ("$day", batch.Day.DayNumber), ("$candidates", batch.Candidates));
        var price = await session.ScalarAsync(
            "SELECT price FROM budget_prices WHERE store = $store", ("$store", batch.Store.Value)) as double? ?? 0;
        await session.RunAsync(
            "INSERT INTO budget_prices (store, price) VALUES ($store, $price) ON CONFLICT (store) DO UPDATE SET price = excluded.price",
            ("$store", batch.Store.Value), ("$price", (batch.Price with { Price = price }).After(batch.Candidates, spent)));
    }

    private static void Demand(bool holds)
    {
        if (!holds)
        {
            throw new RefusedException(DecisionStatus.Stale);
        }
    }

    /// <summary>Takes the batch back.</summary>
    internal sealed class RefusedException(DecisionStatus status) : Exception
    {
        public DecisionStatus Status => status;
    }
}
