using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Sql;

/// <summary>A table of what a store has stated, each under an id of its own: putting it again replaces it.</summary>
/// <param name="database">The database.</param>
/// <param name="table">The table, with the columns store, id and payload.</param>
/// <param name="json">How an entry is written.</param>
/// <param name="idOf">Its id.</param>
internal sealed class SqlEntries<T>(ISqlDatabase database, string table, JsonTypeInfo<T> json, Func<T, string> idOf)
{
    /// <summary>All of a store, by id.</summary>
    public Task<IReadOnlyList<T>> ReadAsync(StoreId store) => database.ReadAsync(
        $"SELECT payload FROM {table} WHERE store = $store ORDER BY id",
        row => JsonSerializer.Deserialize((byte[])row.GetValue(0), json)!, ("$store", store.Value));

    /// <summary>Adds entries, or replaces those of the same id, in one transaction.</summary>
    public Task PutAsync(StoreId store, IEnumerable<T> entries)
    {
        var rows = entries.Select(e => (Id: idOf(e), Payload: JsonSerializer.SerializeToUtf8Bytes(e, json))).ToArray();
        return database.WriteAsync(ScopeOf(store), async session =>
        {
            foreach (var (id, payload) in rows)
            {
                await session.RunAsync(
                    $"INSERT INTO {table} (store, id, payload) VALUES ($store, $id, $payload) "
                        + "ON CONFLICT (store, id) DO UPDATE SET payload = excluded.payload",
                    ("$store", store.Value), ("$id", id), ("$payload", payload));
            }
        });
    }

    /// <summary>Removes one. False where there was none.</summary>
    public async Task<bool> RemoveAsync(StoreId store, string id)
    {
        var removed = 0;
        await database.WriteAsync(ScopeOf(store), async session => removed = await session.RunAsync(
            $"DELETE FROM {table} WHERE store = $store AND id = $id", ("$store", store.Value), ("$id", id)));
        return removed > 0;
    }

    private string ScopeOf(StoreId store) => $"{table}/{store}";
}
