using System.Data.Common;
using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Policies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IDeliveries" />
public sealed class SqlDeliveries(ISqlDatabase database) : IDeliveries
{
    private const string Open = $"'{nameof(DeliveryState.Waiting)}', '{nameof(DeliveryState.Handed)}'";
    private const string Columns =
        "SELECT number, body, state, next_at, attempts, handed_at, ended_at, reason, arrived, policy FROM deliveries ";

    private const string Meant =
        "WHERE store = $store AND (CAST($state AS TEXT) IS NULL OR state = $state) AND (CAST($channel AS TEXT) IS NULL OR channel = "
            + "$channel) AND (CAST($topic AS TEXT) IS NULL OR topic = $topic) AND (CAST($subscription AS TEXT) IS NULL OR subscription = "
            + "$subscription) ";

    /// <summary>What the writer of a shard's deliveries holds.</summary>
    internal static string ScopeOf(StoreId store, int shard) => $"deliveries/{store}/{shard}";

    /// <summary>Adds a delivery within a transaction of the caller's; one that is known stays as it is.</summary>
    internal static async ValueTask InsertAsync(ISqlSession session, Delivery delivery) => await session.RunAsync(
        "INSERT INTO deliveries "
            + "(store, id, shard, customer, channel, topic, policy, subscription, state, next_at, expires_at, attempts, writer, body) "
            + "VALUES ($store, $id, $shard, $customer, $channel, $topic, $policy, $subscription, $state, $next, $expires, $attempts, 0, "
            + "$body) ON CONFLICT (store, id) DO NOTHING",
        ("$store", delivery.Customer.Store.Value), ("$id", delivery.Id.Value),
        ("$shard", await session.Shards.OfAsync(session, delivery.Customer)), ("$customer", delivery.Customer.ToText()),
        ("$channel", delivery.Channel.ToString()), ("$topic", delivery.Topic),
        ("$policy", delivery.Policy?.Value), ("$subscription", delivery.Subscription), ("$state", delivery.State.ToString()),
        ("$next", delivery.NextAt.ToUnixTimeMilliseconds()), ("$expires", delivery.ExpiresAt?.ToUnixTimeMilliseconds()),
        ("$attempts", delivery.Attempts),
        ("$body", JsonSerializer.SerializeToUtf8Bytes(delivery, DeliveryJson.Default.Delivery)));

    /// <summary>
    /// Marks what was handed over to a customer, under any of their identities, since an order was placed that is recorded only now. What
    /// waits is marked too: it may be about to leave, and is asked of the customer otherwise.
    /// </summary>
    public static async ValueTask MarkBoughtAsync(ISqlSession session, CustomerId customer, DateTimeOffset at) => await session.RunAsync(
        $"UPDATE deliveries SET reason = '{DeliveryReasons.HadBought}' WHERE store = $store AND subscription IS NULL "
            + "AND (customer = $customer OR customer IN (SELECT customer FROM identity_links WHERE store = $store AND target = $customer)) "
            + "AND (state = 'Waiting' OR (state IN ('Handed', 'Sent') AND handed_at >= $at))",
        ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$at", at.ToUnixTimeMilliseconds()));

    /// <summary>Whether a number is that of the shard's writer.</summary>
    internal static async ValueTask<bool> IsWriterAsync(ISqlSession session, StoreId store, int shard, long writer) =>
        await session.ScalarAsync(
            "SELECT writer FROM delivery_shards WHERE store = $store AND shard = $shard", ("$store", store.Value),
            ("$shard", shard)) as long?
        == writer;

    /// <summary>Writes how far a delivery has come within a transaction of the writer's; what has ended stays as it is.</summary>
    internal static async ValueTask<bool> UpdateAsync(ISqlSession session, StoreId store, int shard, long writer, Delivery delivery)
    {
        var changed = await session.RunAsync(
            "UPDATE deliveries SET state = $state, next_at = $next, attempts = $attempts, writer = $writer, handed_at = $handed, "
                + "ended_at = $ended, arrived = $arrived, reason = CASE "
                + $"WHEN reason = '{DeliveryReasons.HadBought}' AND $state IN ('Handed', 'Sent') THEN reason ELSE $reason END "
                + $"WHERE store = $store AND id = $id AND shard = $shard AND state IN ({Open})",
            ("$state", delivery.State.ToString()), ("$next", delivery.NextAt.ToUnixTimeMilliseconds()),
            ("$attempts", delivery.Attempts), ("$writer", writer), ("$handed", delivery.HandedAt?.ToUnixTimeMilliseconds()),
            ("$ended", delivery.EndedAt?.ToUnixTimeMilliseconds()), ("$arrived", delivery.MayHaveArrived ? 1 : 0),
            ("$reason", delivery.Reason), ("$store", store.Value), ("$id", delivery.Id.Value), ("$shard", shard));
        if (changed > 0 && delivery is { State: DeliveryState.Sent, Channel: ActionChannel.Audience })
        {
            await SqlAudiences.MarkAsync(session, delivery.Customer, delivery.Topic);
        }

        if (changed > 0 && delivery is { HasSurelyFailed: true, Decision: { } decision })
        {
            await SqlDecisions.GiveBackAsync(session, store, decision, delivery.EndedAt ?? delivery.NextAt);
        }

        return changed > 0;
    }

    /// <inheritdoc />
    public async Task AddAsync(StoreId store, IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation = default)
    {
        var shards = await database.Shards.FindAsync(database, store, cancellation);
        await database.WriteAsync([.. deliveries.Select(d => ScopeOf(store, d.Customer.ShardIn(shards))).Distinct()], async session =>
        {
            foreach (var delivery in deliveries)
            {
                await InsertAsync(session, delivery);
            }
        });
    }

    /// <inheritdoc />
    public async Task<long> TakeAsync(StoreId store, int shard, CancellationToken cancellation = default)
    {
        var number = 0L;
        await database.WriteAsync(ScopeOf(store, shard), async session => number = (long)(await session.ScalarAsync(
            "INSERT INTO delivery_shards (store, shard, writer) VALUES ($store, $shard, 1) "
                + "ON CONFLICT (store, shard) DO UPDATE SET writer = delivery_shards.writer + 1 RETURNING writer",
            ("$store", store.Value), ("$shard", shard)))!);
        return number;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Delivery>> ReadDueAsync(
        StoreId store, int shard, long writer, ActionChannel? channel, DateTimeOffset now, int limit,
        CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        var due = DueBy(await SqlPolicies.TermsOfAsync(session, store));
        return await session.ReadAsync(
            $"{Columns}WHERE store = $store AND shard = $shard AND {(channel is null ? "" : "channel = $channel AND ")}{due} "
                + "ORDER BY next_at, number LIMIT $limit",
            row => DeliveryOf(row).Delivery,
            ("$store", store.Value), ("$shard", shard), ("$channel", channel?.ToString()), ("$now", now.ToUnixTimeMilliseconds()),
            ("$writer", writer), ("$limit", limit));
    }

    /// <inheritdoc />
    public async Task<bool> TryPutAsync(
        StoreId store, int shard, long writer, IReadOnlyCollection<Delivery> deliveries, CancellationToken cancellation = default)
    {
        var isWriter = false;
        await database.WriteFollowingAsync(ScopesOf(store, shard, deliveries), async session =>
        {
            isWriter = await IsWriterAsync(session, store, shard, writer);
            foreach (var delivery in isWriter ? deliveries : [])
            {
                await UpdateAsync(session, store, shard, writer, delivery);
            }
        });
        return isWriter;
    }

    /// <inheritdoc />
    public async Task<HandOverResult> HandOverAsync(
        StoreId store, int shard, long writer, Delivery delivery, DateOnly day, CancellationToken cancellation = default)
    {
        var handOver = new SqlHandOver(store, shard, writer, delivery, day);
        await database.WriteFollowingAsync(handOver.Scopes, handOver.WriteAsync);
        return handOver.Result;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<int>> FindDueShardsAsync(StoreId store, DateTimeOffset now, CancellationToken cancellation = default)
    {
        // Whoever handed it over may be lost.
        await using var session = await database.OpenAsync(cancellation);
        var due = DueBy(await SqlPolicies.TermsOfAsync(session, store));
        return await session.ReadAsync(
            $"SELECT DISTINCT shard FROM deliveries WHERE store = $store AND {due} ORDER BY shard",
            row => row.GetInt32(0), ("$store", store.Value), ("$now", now.ToUnixTimeMilliseconds()), ("$writer", -1));
    }

    /// <inheritdoc />
    public async Task<Delivery?> FindAsync(StoreId store, DeliveryId id, CancellationToken cancellation = default) =>
        (await database.ReadAsync(
            Columns + "WHERE store = $store AND id = $id", DeliveryOf, ("$store", store.Value), ("$id", id.Value)))
            .SingleOrDefault()?.Delivery;

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredDelivery>> ListAsync(
        DeliveryQuery query, long before, int limit, CancellationToken cancellation = default) => database.ReadAsync(
        Columns + Meant + AmongCustomers(query) + "AND number < $before ORDER BY number DESC LIMIT $limit", DeliveryOf,
        [.. Parameters(query), ("$before", before), ("$limit", limit)]);

    /// <inheritdoc />
    public async Task<IReadOnlyList<DeliveryCount>> CountAsync(StoreId store, CancellationToken cancellation = default)
    {
        var counts = await database.ReadAsync(
            "SELECT channel, state, CASE WHEN state IN ('Cancelled', 'Sent') THEN reason END, count(*) FROM deliveries "
                + "WHERE store = $store GROUP BY 1, 2, 3",
            row => new DeliveryCount(
                Enum.Parse<ActionChannel>(row.GetString(0)), Enum.Parse<DeliveryState>(row.GetString(1)),
                row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3)),
            ("$store", store.Value));
        return [.. counts.OrderBy(c => c.Channel).ThenBy(c => c.State).ThenBy(c => c.Reason, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<DateTimeOffset>> ReadHandedAsync(
        StoreId store, ActionChannel channel, DateTimeOffset from, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT handed_at FROM deliveries WHERE store = $store AND channel = $channel AND handed_at >= $from ORDER BY handed_at",
        row => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
        ("$store", store.Value), ("$channel", channel.ToString()), ("$from", from.ToUnixTimeMilliseconds()));

    /// <inheritdoc />
    public Task<int> PruneAsync(StoreId store, DateTimeOffset before, CancellationToken cancellation = default) => SqlParts.RemoveAsync(
        database,
        "DELETE FROM deliveries WHERE number IN (SELECT number FROM deliveries WHERE store = $store AND ended_at < $before "
            + $"AND state NOT IN ({Open}) AND (state <> 'Sent' OR channel NOT IN ('Audience', 'Slot') "
            + "OR expires_at < $before) LIMIT $limit)",
        store, before, cancellation);

    /// <inheritdoc />
    public async Task<int> ReviveAsync(DeliveryQuery query, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var revived = 0;
        await database.WriteAsync($"revivals/{query.Store}", async session => revived = await session.RunAsync(
            $"UPDATE deliveries SET state = 'Waiting', next_at = $now, attempts = 0 {Meant}{AmongCustomers(query)}AND state = 'Dead'",
            [.. Parameters(query with { State = null }), ("$now", now.ToUnixTimeMilliseconds())]));
        return revived;
    }

    /// <inheritdoc />
    public async Task<bool> ReviveAsync(StoreId store, DeliveryId id, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var revived = 0;
        await database.WriteAsync($"revivals/{store}", async session => revived = await session.RunAsync(
            "UPDATE deliveries SET state = 'Waiting', next_at = $now, attempts = 0 WHERE store = $store AND id = $id AND state = 'Dead'",
            ("$store", store.Value), ("$id", id.Value), ("$now", now.ToUnixTimeMilliseconds())));
        return revived > 0;
    }

    // What is due by what holds for its policy: of one that acts in time, of a stopped one at once, of a held one never.
    private static string DueBy(PolicyTerms terms) =>
        $"state IN ({Open}) AND CASE WHEN policy IS NULL OR policy IN ({PoliciesOf(terms, HandOverStanding.Acts)}) "
        + "THEN (state = 'Waiting' AND next_at <= $now) OR (state = 'Handed' AND writer <> $writer) "
        + $"ELSE policy NOT IN ({PoliciesOf(terms, HandOverStanding.Held)}) AND (state = 'Waiting' OR writer <> $writer) END";

    private static string PoliciesOf(PolicyTerms terms, HandOverStanding standing) =>
        "SELECT id FROM policy_modes WHERE store = $store AND mode IN (NULL"
        + string.Concat(Enum.GetValues<PolicyMode>().Where(m => HandOverStandings.Of(terms, m) == standing).Select(m => $", '{m}'")) + ")";

    private static string[] ScopesOf(StoreId store, int shard, IReadOnlyCollection<Delivery> deliveries) =>
        deliveries.Any(d => d is { HasSurelyFailed: true, Decision: not null })
            ? [ScopeOf(store, shard), SqlDecisions.ScopeOf(store)]
            : [ScopeOf(store, shard)];

    // Identities of one customer: a handful, or none.
    private static string AmongCustomers(DeliveryQuery query) => query.Customers is { } customers
        ? $"AND customer IN (NULL{string.Concat(customers.Select((_, i) => $", $customer{i}"))}) "
        : "";

    private static (string Name, object? Value)[] Parameters(DeliveryQuery query) =>
    [
        ("$store", query.Store.Value), ("$state", query.State?.ToString()), ("$channel", query.Channel?.ToString()),
        ("$topic", query.Topic), ("$subscription", query.Subscription),
        .. (query.Customers ?? []).Select((c, i) => ($"$customer{i}", (object?)c.ToText())),
    ];

    private static StoredDelivery DeliveryOf(DbDataReader row) => new(
        row.GetInt64(0),
        JsonSerializer.Deserialize((byte[])row.GetValue(1), DeliveryJson.Default.Delivery)! with
        {
            State = Enum.Parse<DeliveryState>(row.GetString(2)),
            NextAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            Attempts = row.GetInt32(4),
            HandedAt = row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
            EndedAt = row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
            Reason = row.IsDBNull(7) ? null : row.GetString(7),
            MayHaveArrived = row.GetInt64(8) == 1,
            Policy = row.IsDBNull(9) ? null : new PolicyId(row.GetString(9)),
        });
}
