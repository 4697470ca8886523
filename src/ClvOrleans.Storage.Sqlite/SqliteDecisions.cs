using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IDecisions" />
public sealed class SqliteDecisions(SqliteDatabase database, SqliteWriter writer) : IDecisions
{
    private const string Columns = "SELECT number, customer, given_back_at, charge, payload FROM decisions ";

    /// <inheritdoc />
    public async Task<DecisionShard> TakeAsync(StoreId store, int shard, CancellationToken cancellation = default)
    {
        DecisionShard? taken = null;
        await writer.WriteAsync(session =>
        {
            using var row = session.Query(
                "INSERT INTO decision_shards (store, shard, writer, up_to) VALUES ($store, $shard, 1, 0) "
                    + "ON CONFLICT (store, shard) DO UPDATE SET writer = writer + 1 RETURNING writer, up_to",
                ("$store", store.Value), ("$shard", shard));
            row.Read();
            taken = new DecisionShard(row.GetInt64(0), row.GetInt64(1));
        });
        return taken!;
    }

    /// <inheritdoc />
    public async Task<DecisionStatus> AppendAsync(DecisionBatch batch, CancellationToken cancellation = default)
    {
        var append = new SqliteDecisionBatch(batch);
        try
        {
            await writer.WriteAsync(append.Write);
            return DecisionStatus.Kept;
        }
        catch (SqliteDecisionBatch.RefusedException e)
        {
            return e.Status;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<int>> FindDueShardsAsync(StoreId store, DateTimeOffset now, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<int>>(session.Read(
            "WITH RECURSIVE shards (shard) AS (SELECT 0 UNION ALL SELECT shard + 1 FROM shards WHERE shard < $last) "
                + "SELECT s.shard FROM shards s LEFT JOIN decision_shards d ON d.store = $store AND d.shard = s.shard "
                + "WHERE EXISTS (SELECT 1 FROM transitions WHERE store = $store AND shard = s.shard AND commit_number > ifnull(d.up_to, 0)) "
                + "OR EXISTS (SELECT 1 FROM enrollments WHERE store = $store AND shard = s.shard AND due_at <= $now) ORDER BY s.shard",
            row => row.GetInt32(0),
            ("$store", store.Value), ("$now", now.ToUnixTimeMilliseconds()), ("$last", CustomerId.Shards - 1)));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Enrollment>> DueAsync(
        StoreId store, int shard, DateTimeOffset now, int limit, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<Enrollment>>(session.Read(
            "SELECT customer, payload FROM enrollments WHERE store = $store AND shard = $shard AND due_at <= $now ORDER BY due_at LIMIT $limit",
            row => JsonSerializer.Deserialize((byte[])row.GetValue(1), PoliciesJson.Default.Enrollment)! with
            {
                Customer = CustomerId.Parse(store, row.GetString(0)),
            },
            ("$store", store.Value), ("$shard", shard), ("$now", now.ToUnixTimeMilliseconds()), ("$limit", limit)));
    }

    /// <inheritdoc />
    public Task<CustomerPast> FindPastAsync(CustomerId customer, DateOnly since, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var (store, id) = (customer.Store.Value, customer.ToText());
        return Task.FromResult(new CustomerPast(
            [
                .. session.Read(
                    "SELECT policy, outcome, reason, at, due_at, is_entry, is_shadow, given_back_at FROM decisions "
                        + "WHERE store = $store AND customer = $customer AND outcome <> 'Suppressed' ORDER BY number",
                    row => new PastDecision(
                        new PolicyId(row.GetString(0)), Enum.Parse<DecisionOutcome>(row.GetString(1)), Enum.Parse<DecisionReason>(row.GetString(2)),
                        Instant(row.GetInt64(3)), row.IsDBNull(4) ? null : Instant(row.GetInt64(4)), row.GetInt64(5) == 1, row.GetInt64(6) == 1,
                        !row.IsDBNull(7)),
                    ("$store", store), ("$customer", id)),
            ],
            [
                .. session.Read(
                    "SELECT channel, day, contacts FROM contact_days "
                        + "WHERE store = $store AND customer = $customer AND day >= $since ORDER BY channel, day",
                    row => (Enum.Parse<ActionChannel>(row.GetString(0)), new ContactDay(DateOnly.FromDayNumber(row.GetInt32(1)), row.GetInt32(2))),
                    ("$store", store), ("$customer", id), ("$since", since.DayNumber)),
            ],
            [
                .. session.Read(
                    "SELECT policy FROM enrollments WHERE store = $store AND customer = $customer ORDER BY policy",
                    row => new PolicyId(row.GetString(0)),
                    ("$store", store), ("$customer", id)),
            ]));
    }

    /// <inheritdoc />
    public Task<StoreSpending> FindSpendingAsync(StoreId store, DateOnly day, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult(new StoreSpending(
            session.Scalar("SELECT price FROM budget_prices WHERE store = $store", ("$store", store.Value)) as double? ?? 0,
            session.Read(
                "SELECT policy, period, spent FROM policy_spending WHERE store = $store",
                row => KeyValuePair.Create((new PolicyId(row.GetString(0)), row.GetInt32(1)), new Money(row.GetInt64(2))),
                ("$store", store.Value)).ToImmutableDictionary(),
            session.Read(
                "SELECT policy, actions FROM policy_days WHERE store = $store AND day = $day",
                row => KeyValuePair.Create(new PolicyId(row.GetString(0)), row.GetInt32(1)),
                ("$store", store.Value), ("$day", day.DayNumber)).ToImmutableDictionary(),
            [
                .. session.Read(
                    "SELECT candidates FROM decision_days WHERE store = $store AND day < $day ORDER BY day DESC LIMIT 7",
                    row => row.GetInt32(0),
                    ("$store", store.Value), ("$day", day.DayNumber)),
            ]));
    }

    /// <inheritdoc />
    public Task<DecisionRecord?> FindAsync(StoreId store, DecisionId id, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult(Find(session, store, id));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<DecisionRecord>> QueryAsync(DecisionQuery query, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<DecisionRecord>>(session.Read(
            Columns + "WHERE store = $store AND number < $before"
                + (query.Policy is null ? " AND $policy IS NULL" : " AND policy = $policy")
                + (query.Customer is null ? " AND $customer IS NULL" : " AND customer = $customer")
                + (query.Outcome is null ? " AND $outcome IS NULL" : " AND outcome = $outcome")
                + (query.Reason is null ? " AND $reason IS NULL" : " AND reason = $reason")
                + " ORDER BY number DESC LIMIT $limit",
            row => RecordOf(row, query.Store),
            ("$store", query.Store.Value), ("$before", query.Before ?? long.MaxValue), ("$policy", query.Policy?.Value),
            ("$customer", query.Customer?.ToText()), ("$outcome", query.Outcome?.ToString()), ("$reason", query.Reason?.ToString()),
            ("$limit", query.Limit)));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<DecisionRecord>> ReadAsync(StoreId store, long after, int limit, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<DecisionRecord>>(session.Read(
            Columns + "WHERE store = $store AND number > $after ORDER BY number LIMIT $limit",
            row => RecordOf(row, store),
            ("$store", store.Value), ("$after", after), ("$limit", limit)));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<DecisionCount>> CountAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<DecisionCount>>(session.Read(
            "SELECT policy, outcome, reason, count(*), sum(CASE WHEN charge IS NULL OR given_back_at IS NOT NULL THEN 0 ELSE cost END) "
                + "FROM decisions WHERE store = $store GROUP BY policy, outcome, reason ORDER BY policy, outcome, reason",
            row => new DecisionCount(
                new PolicyId(row.GetString(0)), Enum.Parse<DecisionOutcome>(row.GetString(1)), Enum.Parse<DecisionReason>(row.GetString(2)),
                row.GetInt64(3), new Money(row.GetInt64(4))),
            ("$store", store.Value)));
    }

    /// <inheritdoc />
    public async Task<bool> GiveBackAsync(StoreId store, DecisionId id, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var isGiven = false;
        await writer.WriteAsync(session => isGiven = GiveBack(session, store, id, at));
        return isGiven;
    }

    /// <summary>Gives back within the transaction of somebody else, such as the end of a delivery.</summary>
    internal static bool GiveBack(SqliteSession session, StoreId store, DecisionId id, DateTimeOffset at)
    {
        if (Find(session, store, id) is not { Charge: { } charge, GivenBackAt: null, Decision: var decision })
        {
            return false;
        }

        session.Run(
            "UPDATE decisions SET given_back_at = $at WHERE store = $store AND id = $id",
            ("$store", store.Value), ("$id", id.Value), ("$at", at.ToUnixTimeMilliseconds()));
        session.Run(
            "UPDATE policy_spending SET spent = spent - $cost WHERE store = $store AND policy = $policy AND period = $period",
            ("$store", store.Value), ("$policy", decision.Policy.Value), ("$period", charge.Period), ("$cost", (long)charge.Amount.Minor));
        session.Run(
            "UPDATE policy_days SET actions = actions - 1 WHERE store = $store AND policy = $policy AND day = $day",
            ("$store", store.Value), ("$policy", decision.Policy.Value), ("$day", charge.Day.DayNumber));
        if (charge.Channel is { } channel)
        {
            session.Run(
                "UPDATE contact_days SET contacts = contacts - 1 WHERE store = $store AND customer = $customer AND channel = $channel AND day = $day",
                ("$store", store.Value), ("$customer", decision.Customer.ToText()), ("$channel", channel.ToString()),
                ("$day", charge.ContactDay.DayNumber));
        }

        return true;
    }

    /// <summary>Gives what was decided for an identity to the customer that it becomes.</summary>
    internal static void Merge(SqliteSession session, CustomerId from, CustomerId to)
    {
        Run("UPDATE decisions SET customer = $to WHERE store = $store AND customer = $from");
        Run(
            "INSERT INTO contact_days (store, customer, channel, day, contacts) "
                + "SELECT store, $to, channel, day, contacts FROM contact_days WHERE store = $store AND customer = $from "
                + "ON CONFLICT (store, customer, channel, day) DO UPDATE SET contacts = contacts + excluded.contacts");
        session.Run(
            "DELETE FROM contact_days WHERE store = $store AND customer = $from", ("$store", from.Store.Value), ("$from", from.ToText()));
        session.Run(
            "INSERT INTO enrollments (store, customer, policy, shard, due_at, payload) "
                + "SELECT store, $to, policy, $shard, due_at, payload FROM enrollments WHERE store = $store AND customer = $from "
                + "ON CONFLICT (store, customer, policy) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload "
                + "WHERE excluded.due_at < due_at",
            ("$store", from.Store.Value), ("$from", from.ToText()), ("$to", to.ToText()), ("$shard", to.Shard));
        session.Run("DELETE FROM enrollments WHERE store = $store AND customer = $from", ("$store", from.Store.Value), ("$from", from.ToText()));

        void Run(string sql) => session.Run(sql, ("$store", from.Store.Value), ("$from", from.ToText()), ("$to", to.ToText()));
    }

    private static DecisionRecord? Find(SqliteSession session, StoreId store, DecisionId id) => session.Read(
        Columns + "WHERE store = $store AND id = $id", row => RecordOf(row, store), ("$store", store.Value), ("$id", id.Value)).SingleOrDefault();

    private static DecisionRecord RecordOf(SqliteDataReader row, StoreId store) => new(
        JsonSerializer.Deserialize((byte[])row.GetValue(4), PoliciesJson.Default.Decision)! with
        {
            Customer = CustomerId.Parse(store, row.GetString(1)),
        },
        row.IsDBNull(3) ? null : JsonSerializer.Deserialize((byte[])row.GetValue(3), PoliciesJson.Default.DecisionCharge))
    {
        Number = row.GetInt64(0),
        GivenBackAt = row.IsDBNull(2) ? null : Instant(row.GetInt64(2)),
    };

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
