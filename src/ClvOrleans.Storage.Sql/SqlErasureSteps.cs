using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Sql;

/// <summary>
/// What is deleted of one identity, table by table. Every statement has an index: docs/privacy.md says of each table what happens to it,
/// and a test compares that with the tables there are.
/// </summary>
internal static class SqlErasureSteps
{
    private const string Mine = " WHERE store = $store AND customer = $customer";

    // Notices of the erasure itself are removed once they have ended.
    private const string Untold =
        " AND NOT EXISTS (SELECT 1 FROM erasure_notices n WHERE n.store = deliveries.store AND n.id = deliveries.id)";

    /// <summary>The statements, each of one table.</summary>
    internal static readonly string[] Deletes =
    [
        "DELETE FROM review_texts" + Mine,
        "DELETE FROM events" + Mine,
        "DELETE FROM held_events WHERE store = $store AND sender = $customer",
        "DELETE FROM contested_completions WHERE store = $store AND sender = $customer",
        "DELETE FROM contested_completions WHERE store = $store AND owner = $customer",
        "DELETE FROM orders WHERE store = $store AND owner = $customer",
        "DELETE FROM identity_links" + Mine,
        "DELETE FROM identity_links WHERE store = $store AND target = $customer",
        "DELETE FROM outcomes WHERE (store, subject, unit) IN (SELECT store, subject, unit FROM exposures" + Mine + ")",
        "DELETE FROM exposures" + Mine,
        "DELETE FROM enrollments" + Mine,
        "DELETE FROM contact_days" + Mine,
        "DELETE FROM decisions" + Mine,
        "DELETE FROM transitions" + Mine,
        "DELETE FROM predicted_members" + Mine,
        "DELETE FROM audience_members" + Mine,
        "DELETE FROM audience_told" + Mine,
        "DELETE FROM deliveries" + Mine + Untold,
    ];

    /// <summary>The tables that an erasure deletes of.</summary>
    internal static readonly string[] Tables =
    [
        .. Deletes.Select(d => d.Split(' ')[2]).Distinct(StringComparer.Ordinal),
        "customers", "memberships", "dead_letters", "jobs", "privacy_requests", "erasure_remains", "erasure_notices",
        "orleansstorage",
    ];

    /// <summary>Deletes all rows of an identity but that of the customer, which followers read.</summary>
    public static async ValueTask DeleteAsync(ISqlSession session, CustomerId identity)
    {
        (string, object?)[] mine = [("$store", identity.Store.Value), ("$customer", identity.ToText())];
        await KeepChargesAsync(session, mine);
        foreach (var delete in Deletes)
        {
            await session.RunAsync(delete, mine);
        }
    }

    /// <summary>
    /// Replaces the row of an identity by one that has nothing but a hash and a new commit number. False where it has none.
    /// </summary>
    public static async ValueTask<bool> ReplaceRowAsync(ISqlDatabase database, ISqlSession session, ErasureKey key, CustomerId identity)
    {
        (string, object?)[] mine = [("$store", identity.Store.Value), ("$customer", identity.ToText())];
        var rows = await session.ReadAsync(
            "SELECT sequence, segments FROM customers" + Mine, row => (Sequence: row.GetInt64(0), Segments: row.GetString(1)), mine);
        if (rows is not [var (sequence, segments)])
        {
            return false;
        }

        foreach (var segment in SegmentSet.Parse(segments).Ids)
        {
            await session.RunAsync(
                "DELETE FROM memberships WHERE store = $store AND segment = $segment AND customer = $customer",
                [.. mine, ("$segment", segment.Value)]);
        }

        var shard = await session.Shards.OfAsync(session, identity);
        // First the new row: on SQLite the numbers go on from the highest that there is.
        await session.RunAsync(
            "INSERT INTO customers (store, customer, shard, commit_number, sequence, estimated_on, generation, customers, orders, gross, "
                + "historic, historic_margin, predicted, at_risk, expected_orders, alive, last_seen, market, margin, variance, hazard, "
                + "segments, definitions, summary) "
                + "VALUES ($store, $erased, $shard, $commit, $sequence, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', -1, 0, 0, '', '', "
                + "$summary) "
                + "ON CONFLICT (store, customer) DO UPDATE SET commit_number = excluded.commit_number, sequence = excluded.sequence",
            ("$store", identity.Store.Value), ("$erased", key.Of(identity).ToText()), ("$shard", (long)shard),
            ("$commit", await database.TakeCommitAsync(session, identity.Store, shard)), ("$sequence", sequence + 1),
            ("$summary", CustomerRowColumns.ToBytes(new CustomerSummary())));
        await session.RunAsync("DELETE FROM customers" + Mine, mine);
        return true;
    }

    // Budgets and daily caps stay used, whoever they were used for.
    private static async ValueTask KeepChargesAsync(ISqlSession session, (string, object?)[] mine)
    {
        var charges = await session.ReadAsync(
            "SELECT policy, charge, cost FROM decisions" + Mine + " AND charge IS NOT NULL AND given_back_at IS NULL",
            row => (Policy: row.GetString(0), Cost: row.GetInt64(2),
                Charge: JsonSerializer.Deserialize((byte[])row.GetValue(1), PoliciesJson.Default.DecisionCharge)!),
            mine);
        foreach (var (policy, cost, charge) in charges)
        {
            await session.RunAsync(
                "INSERT INTO erased_charges (store, policy, period, day, cost, actions) VALUES ($store, $policy, $period, $day, $cost, 1) "
                    + "ON CONFLICT (store, policy, period, day) DO UPDATE SET cost = erased_charges.cost + excluded.cost, "
                    + "actions = erased_charges.actions + 1",
                mine[0], ("$policy", policy), ("$period", charge.Period), ("$day", charge.Day.DayNumber), ("$cost", cost));
        }
    }
}
