using System.Text.Json;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IPolicies" />
public sealed class SqlitePolicies(SqliteDatabase database, SqliteWriter writer) : IPolicies
{
    private const string Columns =
        "SELECT p.id, p.definition, p.revision, p.at, p.removed, m.mode, m.since FROM policies p LEFT JOIN policy_modes m USING (store, id) ";

    /// <inheritdoc />
    public Task<PolicyBook> ReadAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var records = session.Read(
            Columns + "WHERE p.store = $store AND p.revision = "
                + "(SELECT max(revision) FROM policies WHERE store = p.store AND id = p.id) ORDER BY p.id",
            RecordOf,
            ("$store", store.Value));
        return Task.FromResult(new PolicyBook(
            records.Select(r => r.Revision).DefaultIfEmpty().Max(), [.. records.Where(r => !r.IsRemoved)], TermsOf(session, store)));
    }

    /// <inheritdoc />
    public async Task<bool> TryPutAsync(StoreId store, PolicyRecord policy, long expected, CancellationToken cancellation = default)
    {
        var isExpected = false;
        await writer.WriteAsync(session =>
        {
            var last = (long)session.Scalar("SELECT ifnull(max(revision), 0) FROM policies WHERE store = $store", ("$store", store.Value))!;
            isExpected = last == expected;
            if (!isExpected)
            {
                return;
            }

            session.Run(
                "INSERT INTO policies (store, revision, id, definition, at, removed) VALUES ($store, $revision, $id, $definition, $at, $removed)",
                ("$store", store.Value), ("$revision", expected + 1), ("$id", policy.Id.Value), ("$definition", policy.Definition),
                ("$at", policy.At.ToUnixTimeMilliseconds()), ("$removed", policy.IsRemoved ? 1 : 0));
            session.Run(
                policy.IsRemoved
                    ? "DELETE FROM policy_modes WHERE store = $store AND id = $id AND $mode = $mode AND $since = $since"
                    : "INSERT INTO policy_modes (store, id, mode, since) VALUES ($store, $id, $mode, $since) ON CONFLICT DO NOTHING",
                ("$store", store.Value), ("$id", policy.Id.Value), ("$mode", policy.Mode.ToString()),
                ("$since", policy.ModeSince.ToUnixTimeMilliseconds()));
        });
        return isExpected;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<PolicyRecord>> HistoryAsync(StoreId store, PolicyId policy, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<PolicyRecord>>(session.Read(
            Columns + "WHERE p.store = $store AND p.id = $id ORDER BY p.revision DESC", RecordOf, ("$store", store.Value), ("$id", policy.Value)));
    }

    /// <inheritdoc />
    public async Task<bool> SetModeAsync(
        StoreId store, PolicyId policy, PolicyMode mode, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var changed = 0;
        await writer.WriteAsync(session => changed = session.Run(
            "UPDATE policy_modes SET since = CASE mode WHEN $mode THEN since ELSE $since END, mode = $mode WHERE store = $store AND id = $id",
            ("$store", store.Value), ("$id", policy.Value), ("$mode", mode.ToString()), ("$since", at.ToUnixTimeMilliseconds())));
        return changed > 0;
    }

    /// <inheritdoc />
    public async Task<bool> TryPutTermsAsync(StoreId store, PolicyTerms terms, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(terms with { Revision = terms.Revision + 1 }, PoliciesJson.Default.PolicyTerms);
        var changed = 0;
        await writer.WriteAsync(session => changed = session.Run(
            "INSERT INTO policy_terms (store, revision, payload) SELECT $store, $revision + 1, $payload "
                + "WHERE $revision = ifnull((SELECT revision FROM policy_terms WHERE store = $store), 0) "
                + "ON CONFLICT (store) DO UPDATE SET revision = excluded.revision, payload = excluded.payload",
            ("$store", store.Value), ("$revision", terms.Revision), ("$payload", payload)));
        return changed > 0;
    }

    private static PolicyTerms TermsOf(SqliteSession session, StoreId store) =>
        session.Scalar("SELECT payload FROM policy_terms WHERE store = $store", ("$store", store.Value)) is byte[] payload
            ? JsonSerializer.Deserialize(payload, PoliciesJson.Default.PolicyTerms)!
            : PolicyTerms.Default;

    private static PolicyRecord RecordOf(SqliteDataReader row) => new()
    {
        Id = new PolicyId(row.GetString(0)),
        Definition = row.GetString(1),
        Revision = row.GetInt64(2),
        At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        IsRemoved = row.GetInt64(4) == 1,
        Mode = row.IsDBNull(5) ? PolicyMode.Stopped : Enum.Parse<PolicyMode>(row.GetString(5)),
        ModeSince = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(row.IsDBNull(6) ? 3 : 6)),
    };
}
