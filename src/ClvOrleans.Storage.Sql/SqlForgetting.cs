using System.Text;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sql;

/// <summary>Removes texts of any form that hold one of many names: what was refused, and what came of jobs.</summary>
internal sealed class SqlForgetting(ISqlDatabase database, StoreId store, IReadOnlyCollection<string> names)
{
    private const int Page = 256;
    private readonly NameSearch _search = new(names);

    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        return names.Count == 0 ? 0 : await RemoveAsync(
            "SELECT id, payload, message_id, message FROM dead_letters WHERE store = $store AND id > $after ORDER BY id LIMIT $limit",
            "DELETE FROM dead_letters WHERE store = $store AND id = $id", $"dead-letters/{store}", cancellation)
            + await RemoveAsync(
                "SELECT number, result, payload, subject FROM jobs WHERE store = $store AND number > $after "
                    + "AND state NOT IN ('Waiting', 'Running') ORDER BY number LIMIT $limit",
                "DELETE FROM jobs WHERE store = $store AND number = $id", $"jobs/{store}", cancellation);
    }

    // A page at a time, so that no commit waits for the search.
    private async Task<long> RemoveAsync(string select, string delete, string scope, CancellationToken cancellation)
    {
        var (removed, after, read) = (0L, -1L, Page);
        while (read == Page)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await database.ReadAsync(
                select,
                row => (Id: row.GetInt64(0), IsFound: Enumerable.Range(1, row.FieldCount - 1).Any(i => !row.IsDBNull(i) && _search.IsIn(
                    row.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : (string)row.GetValue(i)))),
                ("$store", store.Value), ("$after", after), ("$limit", Page));
            var found = page.Where(p => p.IsFound).Select(p => p.Id).ToArray();
            if (found.Length > 0)
            {
                await database.WriteLaterAsync(scope, async session =>
                {
                    foreach (var id in found)
                    {
                        await session.RunAsync(delete, ("$store", store.Value), ("$id", id));
                    }
                });
            }

            (removed, read) = (removed + found.Length, page.Count);
            after = page.Count > 0 ? page[^1].Id : after;
        }

        return removed;
    }
}
