using System.Runtime.CompilerServices;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Experiments;
using ClvOrleans.Storage.Experiments;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IExposures" />
public sealed class SqliteExposures(SqliteDatabase database, SqliteWriter writer) : IExposures
{
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
        + "AND (e.ends_on < $settled OR o.sequence IS NULL OR o.sequence <> ifnull(c.sequence, 0)) "
        + "ORDER BY e.ends_on, e.subject, e.unit LIMIT $limit";

    // Nothing is kept where the exposure has moved to another customer, or the customer has moved on.
    private const string Current =
        "FROM exposures e LEFT JOIN customers c ON c.store = e.store AND c.customer = e.customer "
        + "WHERE e.store = $store AND e.subject = $subject AND e.unit = $unit AND e.customer = $customer "
        + "AND ifnull(c.sequence, 0) = $sequence";

    /// <inheritdoc />
    public async Task<Exposure> ExposeAsync(Exposure exposure, CancellationToken cancellation = default)
    {
        var kept = exposure;
        await writer.WriteAsync(session =>
        {
            var customer = SqliteCommit.FindSuccessor(session, exposure.Customer) ?? exposure.Customer;
            if (Find(session, customer, exposure.Subject) is null)
            {
                Insert(session, exposure with { Customer = customer });
            }

            kept = Find(session, customer, exposure.Subject) ?? exposure;
        });
        return kept;
    }

    /// <inheritdoc />
    public Task FollowAsync(
        StoreId store, IReadOnlyCollection<Exposure> exposures, long followed, CancellationToken cancellation = default) =>
        writer.WriteAsync(session =>
        {
            foreach (var exposure in exposures)
            {
                Insert(session, exposure with { Customer = SqliteCommit.FindSuccessor(session, exposure.Customer) ?? exposure.Customer });
            }

            session.Run(
                "INSERT INTO exposures_followed (store, decision) VALUES ($store, $followed) "
                    + "ON CONFLICT (store) DO UPDATE SET decision = max(decision, $followed)",
                ("$store", store.Value), ("$followed", followed));
        });

    /// <inheritdoc />
    public Task<long> FollowedAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult(session
            .Scalar("SELECT decision FROM exposures_followed WHERE store = $store", ("$store", store.Value)) as long? ?? 0);
    }

    /// <inheritdoc />
    public Task<Exposure?> FindAsync(CustomerId customer, string subject, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult(Find(session, SqliteCommit.FindSuccessor(session, customer) ?? customer, subject));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ExposedUnit> ReadAsync(
        StoreId store, string subject, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var session = database.Read();
        using var rows = session.Query(
            Units + "WHERE e.store = $store AND e.subject = $subject ORDER BY e.unit", ("$store", store.Value), ("$subject", subject));
        while (session.Next(rows))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return UnitOf(store, rows);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Exposure>> DueAsync(
        StoreId store, DateOnly today, DateOnly settled, int limit, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<Exposure>>(session.Read(
            DueOnes, row => ExposureOf(store, row),
            ("$store", store.Value), ("$today", today.DayNumber), ("$settled", settled.DayNumber), ("$limit", limit)));
    }

    /// <inheritdoc />
    public Task KeepAsync(
        StoreId store, IReadOnlyCollection<ExposedUnit> measured, DateOnly settled, CancellationToken cancellation = default)
    {
        (Exposure Exposure, Outcome Outcome, byte[] Payload)[] rows =
        [
            .. measured.Where(m => m.Outcome is not null)
                .Select(m => (m.Exposure, m.Outcome!, JsonSerializer.SerializeToUtf8Bytes(m.Outcome!, ExperimentJson.Default.Outcome))),
        ];
        return writer.WriteAsync(session =>
        {
            foreach (var (exposure, outcome, payload) in rows)
            {
                var kept = session.Run(
                    "INSERT OR REPLACE INTO outcomes (store, subject, unit, sequence, payload) "
                        + $"SELECT e.store, e.subject, e.unit, $sequence, $payload {Current}",
                    ("$store", store.Value), ("$subject", exposure.Subject), ("$unit", exposure.Unit),
                        ("$customer", exposure.Customer.ToText()),
                    ("$sequence", outcome.Sequence), ("$payload", payload));
                if (kept > 0)
                {
                    session.Run(
                        "UPDATE exposures SET settled = 1 "
                            + "WHERE store = $store AND subject = $subject AND unit = $unit AND ends_on < $settled",
                        ("$store", store.Value), ("$subject", exposure.Subject), ("$unit", exposure.Unit), ("$settled", settled.DayNumber));
                }
            }
        });
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ExposedUnit>> OfCustomerAsync(CustomerId customer, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var now = SqliteCommit.FindSuccessor(session, customer) ?? customer;
        return Task.FromResult<IReadOnlyList<ExposedUnit>>(session.Read(
            Units + "WHERE e.store = $store AND e.customer = $customer ORDER BY e.at, e.unit, e.subject",
            row => UnitOf(customer.Store, row), ("$store", customer.Store.Value), ("$customer", now.ToText())));
    }

    private static void Insert(SqliteSession session, Exposure exposure) => session.Run(
        "INSERT INTO exposures (store, subject, unit, customer, at, ends_on, payload) "
            + "VALUES ($store, $subject, $unit, $customer, $at, $ends, $payload) ON CONFLICT DO NOTHING",
        ("$store", exposure.Customer.Store.Value), ("$subject", exposure.Subject), ("$unit", exposure.Unit),
        ("$customer", exposure.Customer.ToText()), ("$at", exposure.At.ToUnixTimeMilliseconds()), ("$ends", exposure.Until.DayNumber),
        ("$payload", JsonSerializer.SerializeToUtf8Bytes(exposure, ExperimentJson.Default.Exposure)));

    /// <summary>Moves the exposures of an identity to whom it becomes, within the transaction of the merge.</summary>
    internal static void Merge(SqliteSession session, CustomerId from, CustomerId to)
    {
        Run("UPDATE outcomes SET sequence = -1 WHERE (store, subject, unit) IN "
            + "(SELECT store, subject, unit FROM exposures WHERE store = $store AND customer = $from AND settled = 0)");
        Run("UPDATE exposures SET customer = $to WHERE store = $store AND customer = $from");

        void Run(string sql) => session.Run(sql, ("$store", to.Store.Value), ("$from", from.ToText()), ("$to", to.ToText()));
    }

    private static Exposure? Find(SqliteSession session, CustomerId customer, string subject) => session.Read(
        Earliest, row => ExposureOf(customer.Store, row),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$subject", subject)).SingleOrDefault();

    // The payload names the customer of the time.
    private static Exposure ExposureOf(StoreId store, SqliteDataReader row)
    {
        var kept = JsonSerializer.Deserialize((byte[])row.GetValue(1), ExperimentJson.Default.Exposure)!;
        return kept with { Customer = CustomerId.Parse(store, row.GetString(0)) };
    }

    private static ExposedUnit UnitOf(StoreId store, SqliteDataReader row) => new(
        ExposureOf(store, row),
        row.IsDBNull(2) ? null : JsonSerializer.Deserialize((byte[])row.GetValue(2), ExperimentJson.Default.Outcome));
}
