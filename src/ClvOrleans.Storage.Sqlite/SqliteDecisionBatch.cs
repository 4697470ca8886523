using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>Writes one batch of decisions within the writer's transaction. What it refuses is taken back by what it throws.</summary>
internal sealed class SqliteDecisionBatch(DecisionBatch batch)
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

    public void Write(SqliteSession session)
    {
        Follow(session);
        foreach (var customer in batch.Decisions.Select(d => (d.Decision.Customer, d.Decision.Inputs.Facts.Sequence)).Distinct())
        {
            Fence(session, customer.Customer, customer.Sequence);
        }

        var spent = 0.0;
        for (var i = 0; i < _decisions.Length; i++)
        {
            Insert(session, batch.Decisions[i].Decision, _decisions[i].Payload, _decisions[i].Charge);
            if (batch.Decisions[i].Charge is { } charge)
            {
                Charge(session, batch.Decisions[i].Decision, charge);
                spent += (double)charge.Amount.Minor;
            }

            if (batch.Decisions[i].Delivery is { } delivery)
            {
                SqliteDeliveries.Insert(session, delivery);
            }
        }

        Enroll(session);
        MovePrice(session, spent);
    }

    private void Follow(SqliteSession session)
    {
        using var row = session.Query(
            "SELECT writer, up_to FROM decision_shards WHERE store = $store AND shard = $shard",
            ("$store", batch.Store.Value), ("$shard", batch.Shard));
        var isKnown = row.Read();
        var (writer, upTo) = isKnown ? (row.GetInt64(0), row.GetInt64(1)) : default;
        row.Close();
        if (!isKnown || writer != batch.Writer || upTo != batch.After)
        {
            throw new RefusedException(isKnown && writer == batch.Writer ? DecisionStatus.Stale : DecisionStatus.Fenced);
        }

        session.Run(
            "UPDATE decision_shards SET up_to = $upTo WHERE store = $store AND shard = $shard",
            ("$store", batch.Store.Value), ("$shard", batch.Shard), ("$upTo", batch.UpTo));
    }

    // Whom it is decided for is as they were read, and is still they.
    private static void Fence(SqliteSession session, CustomerId customer, long sequence)
    {
        var found = session.Scalar(
            "SELECT sequence FROM customers WHERE store = $store AND customer = $customer "
                + "AND NOT EXISTS (SELECT 1 FROM identity_links WHERE store = $store AND customer = $customer)",
            ("$store", customer.Store.Value), ("$customer", customer.ToText()));
        if (found as long? != sequence)
        {
            throw new RefusedException(DecisionStatus.Stale);
        }
    }

    private static void Insert(SqliteSession session, Decision decision, byte[] payload, byte[]? charge)
    {
        var inserted = session.Run(
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
    private static void Charge(SqliteSession session, Decision decision, DecisionCharge charge)
    {
        var (store, policy) = (decision.Customer.Store.Value, decision.Policy.Value);
        Demand(charge.Amount <= charge.Budget && session.Run(
            "INSERT INTO policy_spending (store, policy, period, spent) VALUES ($store, $policy, $period, $cost) "
                + "ON CONFLICT (store, policy, period) DO UPDATE SET spent = spent + $cost WHERE spent + $cost <= $budget",
            ("$store", store), ("$policy", policy), ("$period", charge.Period), ("$cost", (long)charge.Amount.Minor),
            ("$budget", (long)charge.Budget.Minor)) == 1);
        Demand(session.Run(
            "INSERT INTO policy_days (store, policy, day, actions) VALUES ($store, $policy, $day, 1) "
                + "ON CONFLICT (store, policy, day) DO UPDATE SET actions = actions + 1 WHERE actions < $cap",
            ("$store", store), ("$policy", policy), ("$day", charge.Day.DayNumber), ("$cap", charge.DayCap ?? int.MaxValue)) == 1);
        if (charge.Channel is { } channel)
        {
            Demand(charge.ChannelCap is not 0 && session.Run(
                "INSERT INTO contact_days (store, customer, channel, day, contacts) VALUES ($store, $customer, $channel, $day, 1) "
                    + "ON CONFLICT (store, customer, channel, day) DO UPDATE SET contacts = contacts + 1 WHERE contacts < $cap",
                ("$store", store), ("$customer", decision.Customer.ToText()), ("$channel", channel.ToString()),
                ("$day", charge.ContactDay.DayNumber), ("$cap", charge.ChannelCap ?? int.MaxValue)) == 1);
        }
    }

    private void Enroll(SqliteSession session)
    {
        foreach (var (customer, policy) in batch.Ended)
        {
            session.Run(
                "DELETE FROM enrollments WHERE store = $store AND customer = $customer AND policy = $policy",
                ("$store", batch.Store.Value), ("$customer", customer.ToText()), ("$policy", policy.Value));
        }

        for (var i = 0; i < _enrolled.Length; i++)
        {
            var enrollment = batch.Enrolled[i];
            session.Run(
                "INSERT OR REPLACE INTO enrollments (store, customer, policy, shard, due_at, payload) "
                    + "VALUES ($store, $customer, $policy, $shard, $due, $payload)",
                ("$store", batch.Store.Value), ("$customer", enrollment.Customer.ToText()), ("$policy", enrollment.Policy.Value),
                ("$shard", enrollment.Customer.Shard), ("$due", enrollment.DueAt.ToUnixTimeMilliseconds()), ("$payload", _enrolled[i]));
        }
    }

    private void MovePrice(SqliteSession session, double spent)
    {
        if (batch.Candidates == 0)
        {
            return;
        }

        session.Run(
            "INSERT INTO decision_days (store, day, candidates) VALUES ($store, $day, $candidates) "
                + "ON CONFLICT (store, day) DO UPDATE SET candidates = candidates + $candidates",
            ("$store", batch.Store.Value), ("$day", batch.Day.DayNumber), ("$candidates", batch.Candidates));
        var price = session.Scalar("SELECT price FROM budget_prices WHERE store = $store", ("$store", batch.Store.Value)) as double? ?? 0;
        session.Run(
            "INSERT OR REPLACE INTO budget_prices (store, price) VALUES ($store, $price)",
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
