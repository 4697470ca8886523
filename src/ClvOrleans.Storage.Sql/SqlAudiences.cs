using System.Data.Common;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IAudiences" />
public sealed class SqlAudiences(ISqlDatabase database) : IAudiences
{
    /// <summary>Marks a customer within a transaction of the caller's.</summary>
    internal static async ValueTask MarkAsync(ISqlSession session, CustomerId customer, string audience) => await session.RunAsync(
        "INSERT INTO audience_members (store, customer, audience, shard, marks, looked, is_in) "
            + "VALUES ($store, $customer, $audience, $shard, 1, 0, 0) "
            + "ON CONFLICT (store, customer, audience) DO UPDATE SET marks = audience_members.marks + 1",
        ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$audience", audience),
        ("$shard", await session.Shards.OfAsync(session, customer)));

    /// <inheritdoc />
    public Task<IReadOnlyList<AudienceHold>> HoldsAsync(CustomerId customer, CancellationToken cancellation = default) =>
        database.ReadAsync(
            "SELECT o.topic, o.body, o.expires_at FROM decisions d JOIN deliveries o ON o.store = d.store AND o.id = d.id "
                + "WHERE d.store = $store AND d.customer = $customer AND d.outcome <> 'Suppressed' AND o.channel || '' = 'Audience' "
                + "AND o.state || '' = 'Sent' ORDER BY o.number",
            row => new AudienceHold(
                row.GetString(0),
                System.Text.Json.JsonSerializer.Deserialize((byte[])row.GetValue(1), DeliveryJson.Default.Delivery)!.IsTransactional,
                Instant(row, 2)),
            ("$store", customer.Store.Value), ("$customer", customer.ToText()));

    /// <inheritdoc />
    public Task<IReadOnlyList<AudienceMark>> FindAsync(CustomerId customer, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT audience, customer, marks FROM audience_members WHERE store = $store AND customer = $customer ORDER BY audience",
        row => MarkOf(row, customer.Store), ("$store", customer.Store.Value), ("$customer", customer.ToText()));

    /// <inheritdoc />
    public Task<IReadOnlyList<AudienceMark>> ReadMarkedAsync(
        StoreId store, int shard, int limit, CancellationToken cancellation = default) =>
        database.ReadAsync(
            "SELECT audience, customer, marks FROM audience_members WHERE store = $store AND shard = $shard AND looked < marks "
                + "ORDER BY customer, audience LIMIT $limit",
            row => MarkOf(row, store), ("$store", store.Value), ("$shard", shard), ("$limit", limit));

    /// <inheritdoc />
    public async Task<bool> TryKeepAsync(
        StoreId store, int shard, long writer, IReadOnlyCollection<AudienceMember> members, IReadOnlyCollection<AudienceMark> successors,
        CancellationToken cancellation = default)
    {
        var isWriter = false;
        await database.WriteAsync(SqlDeliveries.ScopeOf(store, shard), async session =>
        {
            isWriter = await SqlDeliveries.IsWriterAsync(session, store, shard, writer);
            foreach (var member in isWriter ? members : [])
            {
                await session.RunAsync(
                    "UPDATE audience_members SET looked = $looked, is_in = $in, until = $until "
                        + "WHERE store = $store AND customer = $customer AND audience = $audience AND looked <= $looked",
                    ("$store", store.Value), ("$customer", member.Mark.Customer.ToText()), ("$audience", member.Mark.Audience),
                    ("$looked", member.Mark.Marks), ("$in", member.IsIn ? 1 : 0), ("$until", member.Until?.ToUnixTimeMilliseconds()));
            }

            foreach (var successor in isWriter ? successors : [])
            {
                await MarkAsync(session, successor.Customer, successor.Audience);
            }
        });
        return isWriter;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<AudienceNews>> ReadUntoldAsync(
        StoreId store, int shard, Subscription subscription, DateTimeOffset now, int limit, CancellationToken cancellation = default)
    {
        string?[] names = [.. subscription.Audiences];
        var among = names.Contains(null) ? "" : $"AND m.audience IN (NULL{string.Concat(names.Select((_, i) => $", $audience{i}"))}) ";
        return database.ReadAsync(
            "SELECT m.audience, m.customer, CASE WHEN m.is_in = 1 AND COALESCE(m.until, $now + 1) > $now THEN 1 ELSE 0 END, "
                + "COALESCE(t.number, 0) FROM audience_members m LEFT JOIN audience_told t ON t.store = m.store "
                + "AND t.subscription = $subscription AND t.since = $since AND t.customer = m.customer AND t.audience = m.audience "
                + "LEFT JOIN deliveries d ON d.store = t.store AND d.id = t.delivery "
                + $"WHERE m.store = $store AND m.shard = $shard AND m.looked > 0 {among}AND COALESCE(t.is_in, 0) <> "
                + "CASE WHEN m.is_in = 1 AND COALESCE(m.until, $now + 1) > $now THEN 1 ELSE 0 END "
                + "AND COALESCE(d.state, '') NOT IN ('Waiting', 'Handed') ORDER BY m.customer, m.audience LIMIT $limit",
            row => new AudienceNews(
                row.GetString(0), CustomerId.Parse(store, row.GetString(1)), Convert.ToInt64(row.GetValue(2), null) == 1,
                row.GetInt64(3) + 1),
            [
                ("$store", store.Value), ("$shard", shard), ("$subscription", subscription.Id),
                ("$since", subscription.Since.ToUnixTimeMilliseconds()), ("$now", now.ToUnixTimeMilliseconds()), ("$limit", limit),
                .. names.OfType<string>().Select((n, i) => ($"$audience{i}", (object?)n)),
            ]);
    }

    /// <inheritdoc />
    public async Task<bool> TryTellAsync(
        StoreId store, int shard, long writer, Subscription subscription, IReadOnlyCollection<(AudienceNews News, Delivery Delivery)> told,
        CancellationToken cancellation = default)
    {
        var isWriter = false;
        await database.WriteAsync(SqlDeliveries.ScopeOf(store, shard), async session =>
        {
            isWriter = await SqlDeliveries.IsWriterAsync(session, store, shard, writer);
            foreach (var (news, delivery) in isWriter ? told : [])
            {
                await TellAsync(session, store, subscription, news, delivery);
            }
        });
        return isWriter;
    }

    private static async ValueTask TellAsync(
        ISqlSession session, StoreId store, Subscription subscription, AudienceNews news, Delivery delivery)
    {
        (string, object?)[] key =
        [
            ("$store", store.Value), ("$subscription", subscription.Id), ("$since", subscription.Since.ToUnixTimeMilliseconds()),
            ("$customer", news.Customer.ToText()), ("$audience", news.Audience),
        ];
        await session.RunAsync(
            "UPDATE deliveries SET state = 'Cancelled', reason = $reason WHERE store = $store AND state = 'Dead' AND id = "
                + "(SELECT delivery FROM audience_told WHERE store = $store AND subscription = $subscription AND since = $since "
                + "AND customer = $customer AND audience = $audience AND number = $number - 1)",
            [.. key, ("$number", news.Number), ("$reason", DeliveryReasons.Superseded)]);
        var isNext = await session.RunAsync(
            "INSERT INTO audience_told (store, subscription, since, customer, audience, number, is_in, delivery) "
                + "SELECT $store, $subscription, $since, $customer, $audience, $number, $in, $delivery WHERE $number = 1 + COALESCE("
                + "(SELECT number FROM audience_told WHERE store = $store AND subscription = $subscription AND since = $since "
                + "AND customer = $customer AND audience = $audience), 0) "
                + "ON CONFLICT (store, subscription, since, customer, audience) DO UPDATE SET "
                + "number = excluded.number, is_in = excluded.is_in, delivery = excluded.delivery",
            [.. key, ("$number", news.Number), ("$in", news.IsIn ? 1 : 0), ("$delivery", delivery.Id.Value)]);
        if (isNext == 1)
        {
            await SqlDeliveries.InsertAsync(session, delivery);
        }
    }

    private static AudienceMark MarkOf(DbDataReader row, StoreId store) =>
        new(row.GetString(0), CustomerId.Parse(store, row.GetString(1)), row.GetInt64(2));

    private static DateTimeOffset? Instant(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
