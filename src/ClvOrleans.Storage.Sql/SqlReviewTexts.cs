using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IReviewTexts" />
public sealed class SqlReviewTexts(ISqlDatabase database) : IReviewTexts
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<RatedReview>> ReadAsync(StoreId store, int limit, CancellationToken cancellation = default)
    {
        var latest = await database.ReadAsync(
            "SELECT at, rating, text FROM review_texts WHERE store = $store ORDER BY at DESC, source DESC, message_id DESC LIMIT $limit",
            row => new RatedReview(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetInt32(1), row.GetString(2)),
            ("$store", store.Value), ("$limit", limit));
        return [.. latest.Reverse()];
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<RatedReview>> OfCustomerAsync(CustomerId customer, CancellationToken cancellation = default) =>
        database.ReadAsync(
            "SELECT at, rating, text FROM review_texts WHERE store = $store AND customer = $customer ORDER BY at, source, message_id",
            row => new RatedReview(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetInt32(1), row.GetString(2)),
            ("$store", customer.Store.Value), ("$customer", customer.ToText()));

    /// <inheritdoc />
    public async Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default)
    {
        var pruned = 0;
        await database.WriteAsync($"pruning/{store}", async session => pruned = await session.RunAsync(
            "DELETE FROM review_texts WHERE store = $store AND at < $before",
            ("$store", store.Value), ("$before", before.ToUnixTimeMilliseconds())));
        return pruned;
    }

    /// <summary>
    /// Gives the words of an identity to whom it becomes, within the transaction of the merge; both may have sent the same review.
    /// </summary>
    public static async ValueTask MergeAsync(ISqlSession session, CustomerId from, CustomerId to)
    {
        (string, object?)[] both = [("$store", from.Store.Value), ("$from", from.ToText()), ("$to", to.ToText())];
        await session.RunAsync(
            "DELETE FROM review_texts WHERE store = $store AND customer = $from AND EXISTS (SELECT 1 FROM review_texts o "
                + "WHERE o.store = $store AND o.customer = $to AND o.source = review_texts.source AND o.message_id = "
                + "review_texts.message_id)",
            both);
        await session.RunAsync("UPDATE review_texts SET customer = $to WHERE store = $store AND customer = $from", both);
    }
}
