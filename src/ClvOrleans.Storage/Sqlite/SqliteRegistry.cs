using System.Text.Json;
using ClvOrleans.Model;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IModelRegistry" />
public sealed class SqliteRegistry(SqliteDatabase database, SqliteWriter writer) : IModelRegistry
{
    /// <inheritdoc />
    public async Task AddAsync(StoreId store, ModelVersion version, CancellationToken cancellation = default)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(version, ModelJson.Default.ModelVersion);
        try
        {
            await writer.WriteAsync(session => session.Run(
                "INSERT INTO models (store, id, payload) VALUES ($store, $id, $payload)",
                ("$store", store.Value), ("$id", version.Id), ("$payload", payload)));
        }
        catch (SequenceConflictException e)
        {
            throw new InvalidOperationException($"The store has a model '{version.Id}' already.", e);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ModelVersion>> ListAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query("SELECT payload FROM models WHERE store = $store ORDER BY number DESC", ("$store", store.Value));
        var versions = new List<ModelVersion>();
        while (rows.Read())
        {
            versions.Add(JsonSerializer.Deserialize((byte[])rows.GetValue(0), ModelJson.Default.ModelVersion)!);
        }

        return Task.FromResult<IReadOnlyList<ModelVersion>>(versions);
    }

    /// <inheritdoc />
    public async Task<Champion> PromoteAsync(StoreId store, string id, DateTimeOffset at, CancellationToken cancellation = default)
    {
        await writer.WriteAsync(session =>
        {
            var promoted = session.Run(
                "INSERT INTO champions SELECT $store, (SELECT ifnull(max(generation), 0) + 1 FROM champions WHERE store = $store), id, $at "
                    + "FROM models WHERE store = $store AND id = $id",
                ("$store", store.Value), ("$id", id), ("$at", at.ToUnixTimeMilliseconds()));
            if (promoted == 0)
            {
                throw new KeyNotFoundException($"The store has no model '{id}'.");
            }
        });
        return (await FindChampionAsync(store, cancellation))!;
    }

    /// <inheritdoc />
    public Task<Champion?> FindChampionAsync(StoreId store, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        using var rows = session.Query(
            "SELECT c.generation, m.payload FROM champions c JOIN models m ON m.store = c.store AND m.id = c.model "
                + "WHERE c.store = $store ORDER BY c.generation DESC LIMIT 1",
            ("$store", store.Value));
        return Task.FromResult(rows.Read()
            ? new Champion(JsonSerializer.Deserialize((byte[])rows.GetValue(1), ModelJson.Default.ModelVersion)!, rows.GetInt32(0))
            : null);
    }
}
