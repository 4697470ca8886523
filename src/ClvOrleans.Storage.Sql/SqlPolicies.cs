using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IPolicies" />
public sealed class SqlPolicies(ISqlDatabase database) : IPolicies
{
    private const string Columns =
        "SELECT p.id, p.definition, p.revision, p.at, p.removed, m.mode, m.since FROM policies p LEFT JOIN policy_modes m USING (store, "
            + "id) ";

    /// <inheritdoc />
    public async Task<PolicyBook> ReadAsync(StoreId store, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        var records = await session.ReadAsync(
            Columns + "WHERE p.store = $store AND p.revision = "
                + "(SELECT max(l.revision) FROM policies l WHERE l.store = p.store AND l.id = p.id) ORDER BY p.id",
            RecordOf,
            ("$store", store.Value));
        return new PolicyBook(
            records.Select(r => r.Revision).DefaultIfEmpty().Max(), [.. records.Where(r => !r.IsRemoved)],
            await TermsOfAsync(session, store));
    }

    /// <inheritdoc />
    public async Task<bool> TryPutAsync(StoreId store, PolicyRecord policy, long expected, CancellationToken cancellation = default)
    {
        var isExpected = false;
        await database.WriteAsync(ScopeOf(store), async session =>
        {
            var last = await session.ScalarAsync(
                "SELECT COALESCE(max(revision), 0) FROM policies WHERE store = $store", ("$store", store.Value));
            isExpected = (long)last! == expected;
            if (!isExpected)
            {
                return;
            }

            await session.RunAsync(
                "INSERT INTO policies (store, revision, id, definition, at, removed) VALUES ($store, $revision, $id, $definition, $at, "
                    + "$removed)",
                ("$store", store.Value), ("$revision", expected + 1), ("$id", policy.Id.Value), ("$definition", policy.Definition),
                ("$at", policy.At.ToUnixTimeMilliseconds()), ("$removed", policy.IsRemoved ? 1 : 0));
            await session.RunAsync(
                policy.IsRemoved
                    ? "DELETE FROM policy_modes WHERE store = $store AND id = $id AND $mode = $mode AND $since = $since"
                    : "INSERT INTO policy_modes (store, id, mode, since) VALUES ($store, $id, $mode, $since) ON CONFLICT DO NOTHING",
                ("$store", store.Value), ("$id", policy.Id.Value), ("$mode", policy.Mode.ToString()),
                ("$since", policy.ModeSince.ToUnixTimeMilliseconds()));
        });
        return isExpected;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<PolicyRecord>> HistoryAsync(StoreId store, PolicyId policy, CancellationToken cancellation = default) =>
        database.ReadAsync(
            Columns + "WHERE p.store = $store AND p.id = $id ORDER BY p.revision DESC", RecordOf,
            ("$store", store.Value), ("$id", policy.Value));

    /// <inheritdoc />
    public async Task<bool> SetModeAsync(
        StoreId store, PolicyId policy, PolicyMode mode, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var changed = 0;
        await database.WriteAsync(ScopeOf(store), async session => changed = await session.RunAsync(
            "UPDATE policy_modes SET since = CASE mode WHEN $mode THEN since ELSE $since END, mode = $mode WHERE store = $store AND id = "
                + "$id",
            ("$store", store.Value), ("$id", policy.Value), ("$mode", mode.ToString()), ("$since", at.ToUnixTimeMilliseconds())));
        return changed > 0;
    }

    /// <inheritdoc />
    public async Task<bool> TryPutTermsAsync(StoreId store, PolicyTerms terms, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(terms with { Revision = terms.Revision + 1 }, PoliciesJson.Default.PolicyTerms);
        var changed = 0;
        await database.WriteAsync(ScopeOf(store), async session => changed = await session.RunAsync(
            "INSERT INTO policy_terms (store, revision, payload) SELECT $store, $revision + 1, $payload "
                + "WHERE $revision = COALESCE((SELECT revision FROM policy_terms WHERE store = $store), 0) "
                + "ON CONFLICT (store) DO UPDATE SET revision = excluded.revision, payload = excluded.payload",
            ("$store", store.Value), ("$revision", terms.Revision), ("$payload", payload)));
        return changed > 0;
    }

    /// <summary>What whoever changes a policy, its mode or the terms holds, and whoever acts on them.</summary>
    internal static string ScopeOf(StoreId store) => $"policies/{store}";

    /// <summary>The terms as the session sees them.</summary>
    internal static async ValueTask<PolicyTerms> TermsOfAsync(ISqlSession session, StoreId store) =>
        await session.ScalarAsync("SELECT payload FROM policy_terms WHERE store = $store", ("$store", store.Value)) is byte[] payload
            ? JsonSerializer.Deserialize(payload, PoliciesJson.Default.PolicyTerms)!
            : PolicyTerms.Default;

    private static PolicyRecord RecordOf(DbDataReader row) => new()
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
