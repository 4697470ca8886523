using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IReviewTexts" />
public sealed class SqliteReviewTexts(SqliteDatabase database, SqliteWriter writer) : IReviewTexts
{
    /// <inheritdoc />
    public Task<IReadOnlyList<RatedReview>> ReadAsync(StoreId store, int limit, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var latest = session.Read(
            "SELECT at, rating, text FROM review_texts WHERE store = $store ORDER BY at DESC, source DESC, message_id DESC LIMIT $limit",
            row => new RatedReview(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetInt32(1), row.GetString(2)),
            ("$store", store.Value), ("$limit", limit));
        latest.Reverse();
        return Task.FromResult<IReadOnlyList<RatedReview>>(latest);
    }

    /// <inheritdoc />
    public async Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default)
    {
        var pruned = 0;
        await writer.WriteAsync(session => pruned = session.Run(
            "DELETE FROM review_texts WHERE store = $store AND at < $before",
            ("$store", store.Value), ("$before", before.ToUnixTimeMilliseconds())));
        return pruned;
    }

    /// <summary>Keeps the words of a review, where it has any and a rating.</summary>
    internal static void Add(SqliteSession session, CustomerId customer, CustomerEvent e)
    {
        if (e is { ReviewText: { } text, Rating: { } rating })
        {
            session.Run(
                "INSERT INTO review_texts (store, customer, source, message_id, at, rating, text) "
                    + "VALUES ($store, $customer, $source, $message, $at, $rating, $text)",
                ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$source", e.Source), ("$message", e.MessageId),
                ("$at", e.At.ToUnixTimeMilliseconds()), ("$rating", rating), ("$text", text));
        }
    }

    /// <summary>Gives those of an identity to whom it has become; both may have sent the same review.</summary>
    internal static void Merge(SqliteSession session, CustomerId from, CustomerId to)
    {
        (string, object?)[] both = [("$store", from.Store.Value), ("$from", from.ToText()), ("$to", to.ToText())];
        session.Run("UPDATE OR IGNORE review_texts SET customer = $to WHERE store = $store AND customer = $from", both);
        session.Run("DELETE FROM review_texts WHERE store = $store AND customer = $from", both);
    }
}
