using System.Data.Common;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="ICredentials" />
public sealed class SqlCredentials(ISqlDatabase database) : ICredentials
{
    private const string Columns = "id, kind, hash, scope, store, name, parent, created_at, expires_at, revoked_at, used_at";

    /// <inheritdoc />
    public async Task<bool> TryAddAsync(Credential credential, CancellationToken cancellation = default)
    {
        var added = 0;
        await database.WriteAsync(ScopeOf(credential.Id), async session => added = await session.RunAsync(
            $"INSERT INTO credentials ({Columns}) "
                + "VALUES ($id, $kind, $hash, $scope, $store, $name, $parent, $created, $expires, $revoked, $used) ON CONFLICT DO NOTHING",
            ("$id", credential.Id), ("$kind", (long)credential.Kind), ("$hash", credential.Hash.ToArray()),
            ("$scope", (long)credential.Scope), ("$store", credential.Store?.Value), ("$name", credential.Name),
            ("$parent", credential.Parent), ("$created", Milliseconds(credential.CreatedAt)),
            ("$expires", Milliseconds(credential.ExpiresAt)), ("$revoked", Milliseconds(credential.RevokedAt)),
            ("$used", Milliseconds(credential.UsedAt))));
        return added > 0;
    }

    /// <inheritdoc />
    public async Task<Credential?> FindAsync(string id, CancellationToken cancellation = default) =>
        (await database.ReadAsync($"SELECT {Columns} FROM credentials WHERE id = $id", Read, ("$id", id))).SingleOrDefault();

    /// <inheritdoc />
    public Task<IReadOnlyList<Credential>> ListAsync(CredentialKind kind, StoreId? store, CancellationToken cancellation = default) =>
        store is { } one
            ? database.ReadAsync(
                $"SELECT {Columns} FROM credentials WHERE kind = $kind AND store = $store ORDER BY created_at, id", Read,
                ("$kind", (long)kind), ("$store", one.Value))
            : database.ReadAsync(
                $"SELECT {Columns} FROM credentials WHERE kind = $kind ORDER BY created_at, id", Read, ("$kind", (long)kind));

    /// <inheritdoc />
    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellation = default) =>
        ChangeAsync(id, "UPDATE credentials SET revoked_at = $at WHERE id = $id AND revoked_at IS NULL", at);

    /// <inheritdoc />
    public Task<bool> ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellation = default) => ChangeAsync(
        id,
        "UPDATE credentials SET expires_at = CASE WHEN expires_at IS NULL OR expires_at > $at THEN $at ELSE expires_at END "
            + "WHERE id = $id AND revoked_at IS NULL",
        at);

    /// <inheritdoc />
    public Task NoteUseAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellation = default) =>
        database.WriteLaterAsync("credential-uses", async session =>
        {
            foreach (var id in ids.Order(StringComparer.Ordinal))
            {
                await session.RunAsync(
                    "UPDATE credentials SET used_at = $at WHERE id = $id AND (used_at IS NULL OR used_at < $at)", ("$id", id),
                    ("$at", Milliseconds(at)));
            }
        });

    /// <inheritdoc />
    public Task PruneAsync(DateTimeOffset before, CancellationToken cancellation = default) => database.WriteLaterAsync(
        "credentials",
        async session => await session.RunAsync(
            "DELETE FROM credentials WHERE kind <> $key AND (revoked_at < $before OR expires_at < $before)",
            ("$key", (long)CredentialKind.Key), ("$before", Milliseconds(before))));

    private async Task<bool> ChangeAsync(string id, string sql, DateTimeOffset at)
    {
        var changed = 0;
        await database.WriteAsync(
            ScopeOf(id), async session => changed = await session.RunAsync(sql, ("$id", id), ("$at", Milliseconds(at))));
        return changed > 0;
    }

    private static string ScopeOf(string id) => $"credentials/{id}";

    private static long? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static Credential Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Kind = (CredentialKind)row.GetInt64(1),
        Hash = (byte[])row.GetValue(2),
        Scope = (Scope)row.GetInt64(3),
        Store = row.IsDBNull(4) ? null : new StoreId(row.GetString(4)),
        Name = row.GetString(5),
        Parent = row.IsDBNull(6) ? null : row.GetString(6),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        ExpiresAt = TimeOf(row, 8),
        RevokedAt = TimeOf(row, 9),
        UsedAt = TimeOf(row, 10),
    };

    private static DateTimeOffset? TimeOf(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
