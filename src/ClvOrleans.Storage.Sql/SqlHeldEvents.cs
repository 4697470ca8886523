using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IHeldEvents" />
public sealed class SqlHeldEvents(ISqlDatabase database) : IHeldEvents
{
    private const int Page = 256;

    private const string After = "SELECT order_id, source, message_id, payload FROM held_events WHERE store = $store "
        + "AND (order_id, source, message_id) > ($order, $source, $message) ORDER BY order_id, source, message_id LIMIT $limit";

    /// <inheritdoc />
    public async Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default)
    {
        var (removed, read, last) = (0, Page, (Order: "", Source: "", Message: ""));
        while (read == Page && !cancellation.IsCancellationRequested)
        {
            var page = await database.ReadAsync(
                After,
                row => (Key: (Order: row.GetString(0), Source: row.GetString(1), Message: row.GetString(2)), EventPayload.Read(row, 3).At),
                ("$store", store.Value), ("$order", last.Order), ("$source", last.Source), ("$message", last.Message), ("$limit", Page));
            var old = page.Where(p => p.At < before).Select(p => p.Key).ToArray();
            if (old.Length > 0)
            {
                await database.WriteLaterAsync($"pruning/{store}", async session =>
                {
                    foreach (var (order, source, message) in old)
                    {
                        await session.RunAsync(
                            "DELETE FROM held_events WHERE store = $store AND order_id = $order AND source = $source "
                                + "AND message_id = $message",
                            ("$store", store.Value), ("$order", order), ("$source", source), ("$message", message));
                    }
                });
            }

            (removed, read) = (removed + old.Length, page.Count);
            last = page.Count > 0 ? page[^1].Key : last;
        }

        return removed;
    }
}
