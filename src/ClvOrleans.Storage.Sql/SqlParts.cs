using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Sql;

/// <summary>Removes many rows in parts, so that commits come in between.</summary>
internal static class SqlParts
{
    private const int Part = 5_000;

    /// <summary>Removes what a statement with $store, $before and $limit means; how many rows that were.</summary>
    public static async Task<int> RemoveAsync(
        ISqlDatabase database, string sql, StoreId store, DateTimeOffset before, CancellationToken cancellation)
    {
        var removed = 0;
        for (var part = Part; part == Part && !cancellation.IsCancellationRequested; removed += part)
        {
            await database.WriteLaterAsync($"pruning/{store}", async session => part = await session.RunAsync(
                sql, ("$store", store.Value), ("$before", before.ToUnixTimeMilliseconds()), ("$limit", Part)));
        }

        return removed;
    }
}
