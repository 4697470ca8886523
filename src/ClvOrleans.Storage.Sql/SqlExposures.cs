using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IExposures" />
public sealed class SqlExposures(ISqlDatabase database) : IExposures
{
    private const int PrunedAtOnce = 1_000;

    private const string Earliest =
        "SELECT customer, payload FROM exposures WHERE store = $store AND customer = $customer AND subject = $subject "
        + "ORDER BY at, unit LIMIT 1";

    private const string Units =
        "SELECT e.customer, e.payload, o.payload FROM exposures e "
        + "LEFT JOIN outcomes o ON o.store = e.store AND o.subject = e.subject AND o.unit = e.unit ";

    private const string DueOnes =
        "SELECT e.customer, e.payload FROM exposures e "
        + "LEFT JOIN outcomes o ON o.store = e.store AND o.subject = e.subject AND o.unit = e.unit "
        + "LEFT JOIN customers c ON c.store = e.store AND c.customer = e.customer "
        + "WHERE e.store = $store AND e.settled = 0 AND e.ends_on < $today "
        + "AND (e.ends_on < $settled OR o.sequence IS NULL OR o.sequence <> COALESCE(c.sequence, 0)) "
        + "ORDER BY e.ends_on, e.subject, e.unit LIMIT $limit";

    // Nothing is kept where the exposure has moved to another customer, or the customer has moved on.
    private const string Current =
        "FROM exposures e LEFT JOIN customers c ON c.store = e.store AND c.customer = e.customer "
        + "WHERE e.store = $store AND e.subject = $subject AND e.unit = $unit AND e.customer = $customer "
        + "AND COALESCE(c.sequence, 0) = $sequence";

    /// <inheritdoc />
    public async Task<Exposure> ExposeAsync(Exposure exposure, CancellationToken cancellation = default)
    {
        var kept = exposure;
        await SqlSuccessors.WriteAsync(database, [exposure.Customer], async (session, now) =>
        {
            var customer = now[exposure.Customer];
            if (await FindAsync(session, customer, exposure.Subject) is null
                && !await SqlErased.IsDroppedAsync(session, customer, exposure.At))
            {
                await InsertAsync(session, exposure with { Customer = customer });
            }

            kept = await FindAsync(session, customer, exposure.Subject) ?? exposure;
        });
        return kept;
    }

    /// <inheritdoc />
    public Task FollowAsync(
        StoreId store, IReadOnlyCollection<Exposure> exposures, long followed, CancellationToken cancellation = default) =>
        SqlSuccessors.WriteAsync(database, [.. exposures.Select(e => e.Customer)], async (session, now) =>
        {
            foreach (var exposure in exposures)
            {
                await InsertAsync(session, exposure with { Customer = now[exposure.Customer] });
            }

            await session.RunAsync(
                "INSERT INTO exposures_followed (store, decision) VALUES ($store, $followed) "
                    + "ON CONFLICT (store) DO UPDATE SET decision = excluded.decision WHERE exposures_followed.decision < "
                    + "excluded.decision",
                ("$store", store.Value), ("$followed", followed));
        });

    /// <inheritdoc />
    public async Task<int> PruneAsync(StoreId store, DateOnly before, CancellationToken cancellation = default)
    {
        const string Old = "SELECT subject, unit FROM exposures WHERE store = $store AND settled = 1 AND ends_on < $before LIMIT $limit";
        (string, object?)[] meant = [("$store", store.Value), ("$before", (long)before.DayNumber), ("$limit", (long)PrunedAtOnce)];
        var removed = 0;
        for (var part = PrunedAtOnce; part == PrunedAtOnce && !cancellation.IsCancellationRequested; removed += part)
        {
            // Looked for outside of the transaction: nothing waits for it.
            var units = await database.ReadAsync(Old, row => (Subject: row.GetString(0), Unit: row.GetString(1)), meant);
            part = units.Count;
            await database.WriteLaterAsync($"pruning/{store}", async session =>
            {
                foreach (var (subject, unit) in units)
                {
                    (string, object?)[] one = [("$store", store.Value), ("$subject", subject), ("$unit", unit)];
                    await session.RunAsync("DELETE FROM outcomes WHERE store = $store AND subject = $subject AND unit = $unit", one);
                    await session.RunAsync("DELETE FROM exposures WHERE store = $store AND subject = $subject AND unit = $unit", one);
                }
            });
        }

        return removed;
    }

    /// <inheritdoc />
    public async Task<long> FollowedAsync(StoreId store, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ScalarAsync("SELECT decision FROM exposures_followed WHERE store = $store", ("$store", store.Value)) as long?
            ?? 0;
    }

    /// <inheritdoc />
    public async Task<Exposure?> FindAsync(CustomerId customer, string subject, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await FindAsync(session, await SqlSuccessors.FindAsync(session, customer), subject);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ExposedUnit> ReadAsync(
        StoreId store, string subject, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        await foreach (var unit in session.StreamAsync(
            Units + "WHERE e.store = $store AND e.subject = $subject ORDER BY e.unit", row => UnitOf(store, row),
            ("$store", store.Value), ("$subject", subject)).WithCancellation(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return unit;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Exposure>> DueAsync(
        StoreId store, DateOnly today, DateOnly settled, int limit, CancellationToken cancellation = default) => database.ReadAsync(
        DueOnes, row => ExposureOf(store, row),
        ("$store", store.Value), ("$today", today.DayNumber), ("$settled", settled.DayNumber), ("$limit", limit));

    /// <inheritdoc />
    public Task KeepAsync(
        StoreId store, IReadOnlyCollection<ExposedUnit> measured, DateOnly settled, CancellationToken cancellation = default)
    {
        (Exposure Exposure, Outcome Outcome, byte[] Payload)[] rows =
        [
            .. measured.Where(m => m.Outcome is not null)
                .Select(m => (m.Exposure, m.Outcome!, JsonSerializer.SerializeToUtf8Bytes(m.Outcome!, ExperimentJson.Default.Outcome))),
        ];
        return database.WriteAsync([.. rows.Select(r => SqlScope.Of(r.Exposure.Customer)).Distinct()], async session =>
        {
            foreach (var (exposure, outcome, payload) in rows)
            {
                var kept = await session.RunAsync(
                    "INSERT INTO outcomes (store, subject, unit, sequence, payload) "
                        + $"SELECT e.store, e.subject, e.unit, CAST($sequence AS BIGINT), $payload {Current} "
                        + "ON CONFLICT (store, subject, unit) DO UPDATE SET sequence = excluded.sequence, payload = excluded.payload",
                    ("$store", store.Value), ("$subject", exposure.Subject), ("$unit", exposure.Unit),
                    ("$customer", exposure.Customer.ToText()), ("$sequence", outcome.Sequence), ("$payload", payload));
                if (kept > 0)
                {
                    await session.RunAsync(
                        "UPDATE exposures SET settled = 1 "
                            + "WHERE store = $store AND subject = $subject AND unit = $unit AND ends_on < $settled",
                        ("$store", store.Value), ("$subject", exposure.Subject), ("$unit", exposure.Unit),
                        ("$settled", settled.DayNumber));
                }
            }
        });
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ExposedUnit>> OfCustomerAsync(CustomerId customer, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        var now = await SqlSuccessors.FindAsync(session, customer);
        return await session.ReadAsync(
            Units + "WHERE e.store = $store AND e.customer = $customer ORDER BY e.at, e.unit, e.subject",
            row => UnitOf(customer.Store, row), ("$store", customer.Store.Value), ("$customer", now.ToText()));
    }

    /// <summary>Moves the exposures of an identity to whom it becomes, within the transaction of the merge.</summary>
    public static async ValueTask MergeAsync(ISqlSession session, CustomerId from, CustomerId to)
    {
        await session.RunAsync(
            "UPDATE outcomes SET sequence = -1 WHERE (store, subject, unit) IN "
                + "(SELECT store, subject, unit FROM exposures WHERE store = $store AND customer = $from AND settled = 0)",
            ("$store", to.Store.Value), ("$from", from.ToText()));
        await session.RunAsync(
            "UPDATE exposures SET customer = $to WHERE store = $store AND customer = $from",
            ("$store", to.Store.Value), ("$from", from.ToText()), ("$to", to.ToText()));
    }

    private static async ValueTask InsertAsync(ISqlSession session, Exposure exposure) => await session.RunAsync(
        "INSERT INTO exposures (store, subject, unit, customer, at, ends_on, payload) "
            + "VALUES ($store, $subject, $unit, $customer, $at, $ends, $payload) ON CONFLICT DO NOTHING",
        ("$store", exposure.Customer.Store.Value), ("$subject", exposure.Subject), ("$unit", exposure.Unit),
        ("$customer", exposure.Customer.ToText()), ("$at", exposure.At.ToUnixTimeMilliseconds()), ("$ends", exposure.Until.DayNumber),
        ("$payload", JsonSerializer.SerializeToUtf8Bytes(exposure, ExperimentJson.Default.Exposure)));

    private static async ValueTask<Exposure?> FindAsync(ISqlSession session, CustomerId customer, string subject) =>
        (await session.ReadAsync(
        Earliest, row => ExposureOf(customer.Store, row),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$subject", subject))).SingleOrDefault();

    // The payload names the customer of the time.
    private static Exposure ExposureOf(StoreId store, DbDataReader row)
    {
        var kept = JsonSerializer.Deserialize((byte[])row.GetValue(1), ExperimentJson.Default.Exposure)!;
        return kept with { Customer = CustomerId.Parse(store, row.GetString(0)) };
    }

    private static ExposedUnit UnitOf(StoreId store, DbDataReader row) => new(
        ExposureOf(store, row),
        row.IsDBNull(2) ? null : JsonSerializer.Deserialize((byte[])row.GetValue(2), ExperimentJson.Default.Outcome));
}
