using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IDecisions" />
public sealed class SqlDecisions(ISqlDatabase database) : IDecisions
{
    private const string Columns = "SELECT number, customer, given_back_at, charge, payload FROM decisions ";

    // Each decision asks for both: one statement costs less than one for each table.
    private const string Past =
        "SELECT CAST(0 AS BIGINT), policy, outcome, reason, at, due_at, is_entry, is_shadow, "
            + "CAST(CASE WHEN given_back_at IS NULL THEN 0 ELSE 1 END AS BIGINT), number FROM decisions "
            + "WHERE store = $store AND customer = $customer AND outcome <> 'Suppressed' "
            + "UNION ALL SELECT 1, channel, '', '', day, NULL, 0, 0, 0, contacts FROM contact_days "
            + "WHERE store = $store AND customer = $customer AND day >= $since "
            + "UNION ALL SELECT 2, policy, '', '', 0, NULL, 0, 0, 0, 0 FROM enrollments WHERE store = $store AND customer = $customer";

    private const string Spending =
        "SELECT CAST(0 AS BIGINT), '', CAST(0 AS BIGINT), CAST(0 AS BIGINT), price FROM budget_prices WHERE store = $store "
            + "UNION ALL SELECT 1, policy, period, spent, 0.0 FROM policy_spending WHERE store = $store "
            + "UNION ALL SELECT 2, policy, 0, actions, 0.0 FROM policy_days WHERE store = $store AND day = $day "
            + "UNION ALL SELECT 3, '', day, candidates, 0.0 FROM (SELECT day, candidates FROM decision_days "
            + "WHERE store = $store AND day < $day ORDER BY day DESC LIMIT 7) AS latest";

    /// <inheritdoc />
    public async Task<DecisionShard> TakeAsync(StoreId store, int shard, CancellationToken cancellation = default)
    {
        DecisionShard? taken = null;
        await database.WriteAsync(ScopeOf(store), async session => taken = (await session.ReadAsync(
            "INSERT INTO decision_shards (store, shard, writer, up_to) VALUES ($store, $shard, 1, 0) "
                + "ON CONFLICT (store, shard) DO UPDATE SET writer = decision_shards.writer + 1 RETURNING writer, up_to",
            row => new DecisionShard(row.GetInt64(0), row.GetInt64(1)),
            ("$store", store.Value), ("$shard", shard))).Single());
        return taken!;
    }

    /// <inheritdoc />
    public async Task<DecisionStatus> AppendAsync(DecisionBatch batch, CancellationToken cancellation = default)
    {
        var append = new SqlDecisionBatch(batch);
        try
        {
            await database.WriteFollowingAsync(append.Scopes, append.WriteAsync);
            return DecisionStatus.Kept;
        }
        catch (SqlDecisionBatch.RefusedException e)
        {
            return e.Status;
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<int>> FindDueShardsAsync(StoreId store, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        var shards = await session.Shards.FindAsync(session, store);
        return await session.ReadAsync(
            "WITH RECURSIVE shards (shard) AS (SELECT 0 UNION ALL SELECT shard + 1 FROM shards WHERE shard < $last) "
                + "SELECT s.shard FROM shards s LEFT JOIN decision_shards d ON d.store = $store AND d.shard = s.shard WHERE EXISTS (SELECT "
                + "1 FROM transitions WHERE store = $store AND shard = s.shard AND commit_number > COALESCE(d.up_to, 0)) OR EXISTS (SELECT "
                + "1 FROM enrollments WHERE store = $store AND shard = s.shard AND due_at <= $now) ORDER BY s.shard",
            row => row.GetInt32(0),
            ("$store", store.Value), ("$now", now.ToUnixTimeMilliseconds()), ("$last", shards.Value - 1));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Enrollment>> DueAsync(
        StoreId store, int shard, DateTimeOffset now, int limit, CancellationToken cancellation = default)
    {
        return await database.ReadAsync(
            "SELECT customer, payload FROM enrollments WHERE store = $store AND shard = $shard AND due_at <= $now ORDER BY due_at LIMIT "
                + "$limit",
            row => JsonSerializer.Deserialize((byte[])row.GetValue(1), PoliciesJson.Default.Enrollment)! with
            {
                Customer = CustomerId.Parse(store, row.GetString(0)),
            },
            ("$store", store.Value), ("$shard", shard), ("$now", now.ToUnixTimeMilliseconds()), ("$limit", limit));
    }

    /// <inheritdoc />
    public async Task<CustomerPast> FindPastAsync(CustomerId customer, DateOnly since, CancellationToken cancellation = default)
    {
        var rows = await database.ReadAsync(
            Past,
            row => (Kind: row.GetInt64(0), Of: row.GetString(1), Outcome: row.GetString(2), Reason: row.GetString(3),
                At: row.GetInt64(4), Due: row.IsDBNull(5) ? default(long?) : row.GetInt64(5), IsEntry: row.GetInt64(6) == 1,
                IsShadow: row.GetInt64(7) == 1, IsGivenBack: row.GetInt64(8) == 1, Number: row.GetInt64(9)),
            ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$since", since.DayNumber));
        return new CustomerPast(
            [
                .. rows.Where(r => r.Kind == 0).OrderBy(r => r.Number).Select(r => new PastDecision(
                    new PolicyId(r.Of), Enum.Parse<DecisionOutcome>(r.Outcome), Enum.Parse<DecisionReason>(r.Reason), Instant(r.At),
                    r.Due is { } due ? Instant(due) : null, r.IsEntry, r.IsShadow, r.IsGivenBack)),
            ],
            [
                .. rows.Where(r => r.Kind == 1).OrderBy(r => r.Of, StringComparer.Ordinal).ThenBy(r => r.At).Select(r => (
                    Enum.Parse<ActionChannel>(r.Of), new ContactDay(DateOnly.FromDayNumber((int)r.At), (int)r.Number))),
            ],
            [.. rows.Where(r => r.Kind == 2).Select(r => r.Of).Order(StringComparer.Ordinal).Select(p => new PolicyId(p))]);
    }

    /// <inheritdoc />
    public async Task<StoreSpending> FindSpendingAsync(StoreId store, DateOnly day, CancellationToken cancellation = default)
    {
        var rows = await database.ReadAsync(
            Spending,
            row => (Kind: row.GetInt64(0), Policy: row.GetString(1), Of: (int)row.GetInt64(2), Number: row.GetInt64(3),
                Price: row.GetDouble(4)),
            ("$store", store.Value), ("$day", day.DayNumber));
        return new StoreSpending(
            rows.SingleOrDefault(r => r.Kind == 0).Price,
            rows.Where(r => r.Kind == 1).ToImmutableDictionary(r => (new PolicyId(r.Policy), r.Of), r => new Money(r.Number)),
            rows.Where(r => r.Kind == 2).ToImmutableDictionary(r => new PolicyId(r.Policy), r => (int)r.Number),
            [.. rows.Where(r => r.Kind == 3).OrderByDescending(r => r.Of).Select(r => (int)r.Number)]);
    }

    /// <inheritdoc />
    public async Task<DecisionRecord?> FindAsync(StoreId store, DecisionId id, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await FindAsync(session, store, id);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DecisionRecord>> QueryAsync(DecisionQuery query, CancellationToken cancellation = default)
    {
        return await database.ReadAsync(
            Columns + "WHERE store = $store AND number < $before"
                + (query.Policy is null ? "" : " AND policy = $policy")
                + (query.Customer is null ? "" : " AND customer = $customer")
                + (query.Outcome is null ? "" : " AND outcome = $outcome")
                + (query.Reason is null ? "" : " AND reason = $reason")
                + " ORDER BY number DESC LIMIT $limit",
            row => RecordOf(row, query.Store),
            ("$store", query.Store.Value), ("$before", query.Before ?? long.MaxValue), ("$policy", query.Policy?.Value),
            ("$customer", query.Customer?.ToText()), ("$outcome", query.Outcome?.ToString()), ("$reason", query.Reason?.ToString()),
            ("$limit", query.Limit));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DecisionRecord>> ReadAsync(
        StoreId store, long after, int limit, CancellationToken cancellation = default)
    {
        return await database.ReadAsync(
            Columns + "WHERE store = $store AND number > $after ORDER BY number LIMIT $limit",
            row => RecordOf(row, store),
            ("$store", store.Value), ("$after", after), ("$limit", limit));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DecisionCount>> CountAsync(StoreId store, CancellationToken cancellation = default)
    {
        return await database.ReadAsync(
            "SELECT policy, outcome, reason, count(*), "
                + "CAST(sum(CASE WHEN charge IS NULL OR given_back_at IS NOT NULL THEN 0 ELSE cost END) AS BIGINT) "
                + "FROM decisions WHERE store = $store GROUP BY policy, outcome, reason ORDER BY policy, outcome, reason",
            row => new DecisionCount(
                new PolicyId(row.GetString(0)), Enum.Parse<DecisionOutcome>(row.GetString(1)), Enum.Parse<DecisionReason>(row.GetString(2)),
                row.GetInt64(3), new Money(row.GetInt64(4))),
            ("$store", store.Value));
    }

    /// <inheritdoc />
    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) => SqlParts.RemoveAsync(
        database,
        "DELETE FROM decisions WHERE number IN (SELECT number FROM decisions WHERE store = $store AND outcome = 'Suppressed' "
            + "AND at < $before LIMIT $limit)",
        store, before, cancellation);

    /// <inheritdoc />
    public async Task<bool> GiveBackAsync(StoreId store, DecisionId id, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var isGiven = false;
        await database.WriteAsync(ScopeOf(store), async session => isGiven = await GiveBackAsync(session, store, id, at));
        return isGiven;
    }

    /// <summary>
    /// What whoever decides in a store, or gives back, holds: the numbers of decisions are in the order of their commits.
    /// </summary>
    internal static string ScopeOf(StoreId store) => $"decisions/{store}";

    /// <summary>Gives back within the transaction of somebody else, such as the end of a delivery.</summary>
    internal static async ValueTask<bool> GiveBackAsync(ISqlSession session, StoreId store, DecisionId id, DateTimeOffset at) =>
        await SqlCharge.FindAsync(session, store, id) is { } taken && await taken.GiveBackAsync(session, at);

    /// <summary>Gives what was decided for an identity to the customer that it becomes, within the transaction of the merge.</summary>
    public static async ValueTask MergeAsync(ISqlSession session, CustomerId from, CustomerId to)
    {
        (string, object?)[] merged =
        [
            ("$store", from.Store.Value), ("$from", from.ToText()), ("$to", to.ToText()),
            ("$shard", await session.Shards.OfAsync(session, to)),
        ];
        await session.RunAsync("UPDATE decisions SET customer = $to WHERE store = $store AND customer = $from", merged);
        await session.RunAsync(
            "INSERT INTO contact_days (store, customer, channel, day, contacts) "
                + "SELECT store, $to, channel, day, contacts FROM contact_days WHERE store = $store AND customer = $from "
                + "ON CONFLICT (store, customer, channel, day) DO UPDATE SET contacts = contact_days.contacts + excluded.contacts",
            merged);
        await session.RunAsync("DELETE FROM contact_days WHERE store = $store AND customer = $from", merged);
        await session.RunAsync(
            "INSERT INTO enrollments (store, customer, policy, shard, due_at, payload) "
                + "SELECT store, $to, policy, CAST($shard AS BIGINT), due_at, payload FROM enrollments WHERE store = $store AND customer = "
                + "$from ON CONFLICT (store, customer, policy) DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload WHERE "
                + "excluded.due_at < enrollments.due_at",
            merged);
        await session.RunAsync("DELETE FROM enrollments WHERE store = $store AND customer = $from", merged);
    }

    private static async ValueTask<DecisionRecord?> FindAsync(ISqlSession session, StoreId store, DecisionId id) =>
        (await session.ReadAsync(
        Columns + "WHERE store = $store AND id = $id", row => RecordOf(row, store), ("$store", store.Value),
        ("$id", id.Value))).SingleOrDefault();

    private static DecisionRecord RecordOf(DbDataReader row, StoreId store) => new(
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
