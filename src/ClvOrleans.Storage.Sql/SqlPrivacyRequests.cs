using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IPrivacyRequests" />
public sealed class SqlPrivacyRequests(ISqlDatabase database) : IPrivacyRequests
{
    /// <inheritdoc />
    public async Task<bool> AddAsync(PrivacyRequest request, CancellationToken cancellation = default)
    {
        var added = 0;
        await database.WriteAsync($"privacy-requests/{request.Store}", async session => added = await session.RunAsync(
            "INSERT INTO privacy_requests (store, source, message_id, kind, customer, received_at, due_at, payload) "
                + "VALUES ($store, $source, $message, $kind, $customer, $received, $due, $payload) ON CONFLICT DO NOTHING",
            ("$store", request.Store.Value), ("$source", request.Source), ("$message", request.MessageId),
            ("$kind", request.Kind.ToString()), ("$customer", request.Customer), ("$received", request.ReceivedAt.ToUnixTimeMilliseconds()),
            ("$due", request.DueAt.ToUnixTimeMilliseconds()), ("$payload", request.Payload.ToArray())));
        return added > 0;
    }

    /// <inheritdoc />
    public Task CompleteAsync(
        StoreId store, PrivacyRequestKind kind, IReadOnlyCollection<string>? customers, DateTimeOffset at,
        CancellationToken cancellation = default)
    {
        var asked = customers?.ToHashSet(StringComparer.Ordinal);
        return database.WriteAsync($"privacy-requests/{store}", async session =>
        {
            var waiting = await session.ReadAsync(
                "SELECT id, customer FROM privacy_requests WHERE store = $store AND kind = $kind AND done_at IS NULL",
                row => (Id: row.GetInt64(0), Customer: row.IsDBNull(1) ? null : row.GetString(1)),
                ("$store", store.Value), ("$kind", kind.ToString()));
            foreach (var (id, customer) in waiting)
            {
                if (asked is null || (customer is not null && asked.Contains(customer)))
                {
                    await session.RunAsync(
                        "UPDATE privacy_requests SET done_at = $at, customer = NULL, payload = $payload WHERE store = $store AND id = $id",
                        ("$store", store.Value), ("$id", id), ("$at", at.ToUnixTimeMilliseconds()), ("$payload", "{}"u8.ToArray()));
                }
            }
        });
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<PrivacyRequest>> ListAsync(
        StoreId store, long after, int limit, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT id, source, message_id, kind, customer, received_at, due_at, payload, done_at FROM privacy_requests "
            + "WHERE store = $store AND id > $after ORDER BY id LIMIT $limit",
        row => new PrivacyRequest(
            row.GetInt64(0), store, row.GetString(1), row.GetString(2), Enum.Parse<PrivacyRequestKind>(row.GetString(3)),
            row.IsDBNull(4) ? null : row.GetString(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), (byte[])row.GetValue(7),
            row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8))),
        ("$store", store.Value), ("$after", after), ("$limit", limit));
}
