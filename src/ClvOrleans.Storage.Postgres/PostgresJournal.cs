using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Postgres;

/// <inheritdoc cref="IJournal" />
public sealed class PostgresJournal(PostgresDatabase database, PostgresWriter writer) : IJournal
{
    private readonly JournalReads _reads = new(database);

    /// <inheritdoc />
    public Task<ImmutableArray<Transition>> AppendAsync(CustomerCommit commit, CancellationToken cancellation = default) =>
        writer.AppendAsync(commit);

    /// <inheritdoc />
    public async Task<CustomerId?> HoldAsync(HeldEvent held, CancellationToken cancellation = default)
    {
        var (store, order, payload) = (held.Sender.Store, held.Event.OrderId!, EventPayload.ToBytes(held.Event));
        CustomerId? owner = null;
        await database.WriteAsync(LockKeys.Sorted([LockKeys.Of(held.Sender), LockKeys.OfOrder(store, order)]), async session =>
        {
            owner = await FindOwnerAsync(session, store, order);
            if (owner is null)
            {
                await SqlErased.GuardAsync(session, held.Sender, held.Event);
                await session.RunAsync(
                    "INSERT INTO held_events (store, order_id, source, message_id, sender, payload) "
                        + "VALUES ($store, $order, $source, $message, $sender, $payload) ON CONFLICT DO NOTHING",
                    ("$store", store.Value), ("$order", order), ("$source", held.Event.Source), ("$message", held.Event.MessageId),
                    ("$sender", held.Sender.ToText()), ("$payload", payload));
            }
        });
        return owner;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<HeldEvent>> HeldAsync(
        StoreId store, IReadOnlyCollection<string> orderIds,
        CancellationToken cancellation = default) => _reads.Held.AskAsync((store, orderIds));

    /// <inheritdoc />
    public async Task<CustomerId?> ContestAsync(ContestedCompletion completion, CustomerId owner, CancellationToken cancellation = default)
    {
        var (store, e, payload) = (completion.Sender.Store, completion.Event, EventPayload.ToBytes(completion.Event));
        CustomerId? recorder = null;
        var locks = LockKeys.Sorted([LockKeys.Of(completion.Sender), LockKeys.Of(owner), LockKeys.OfOrder(store, e.OrderId!)]);
        await database.WriteAsync(locks, async session =>
        {
            recorder = null;
            var sender = await FindSuccessorAsync(session, completion.Sender) ?? completion.Sender;
            if (sender != completion.Sender || await FindOwnerAsync(session, store, e.OrderId!) != owner)
            {
                recorder = sender;
                return;
            }

            await SqlErased.GuardAsync(session, sender, e);
            await session.RunAsync(
                "INSERT INTO contested_completions (store, order_id, sender, source, message_id, owner, payload) "
                    + "VALUES ($store, $order, $sender, $source, $message, $owner, $payload) ON CONFLICT DO NOTHING",
                ("$store", store.Value), ("$order", e.OrderId), ("$sender", sender.ToText()), ("$source", e.Source),
                ("$message", e.MessageId),
                ("$owner", owner.ToText()), ("$payload", payload));
        });
        return recorder;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ContestedCompletion>> ContestedAsync(
        CustomerId one, CustomerId other, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT sender, payload FROM contested_completions "
            + "WHERE store = $store AND ((sender = $one AND owner = $other) OR (sender = $other AND owner = $one)) ORDER BY source, "
            + "message_id",
        row => new ContestedCompletion(CustomerId.Parse(one.Store, row.GetString(0)), EventPayload.Read(row, 1)),
        ("$store", one.Store.Value), ("$one", one.ToText()), ("$other", other.ToText()));

    /// <inheritdoc />
    public async Task<OrderRivals> FindRivalsAsync(CustomerId customer, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenSessionAsync(cancellation);
        var now = await FindSuccessorAsync(session, customer) ?? customer;
        var others = await session.ReadAsync(
            "SELECT owner FROM contested_completions WHERE store = $store AND sender = $customer "
                + "UNION SELECT sender FROM contested_completions WHERE store = $store AND owner = $customer",
            row => CustomerId.Parse(now.Store, row.GetString(0)), ("$store", now.Store.Value), ("$customer", now.ToText()));
        return new OrderRivals(now, others);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<JournalEntry>> ReadAsync(CustomerId customer, long after, CancellationToken cancellation = default) =>
        _reads.Entries.AskAsync((customer, after));

    /// <inheritdoc />
    public async Task<IReadOnlyList<JournalEntry>> ReadLastAsync(
        CustomerId customer, int count, CancellationToken cancellation = default) => JournalRows.Last(
        await database.ReadAsync(
            JournalRows.LastOf, row => EventPayload.ReadEntries(row, 0),
            ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$count", count)),
        count);

    /// <inheritdoc />
    public async Task<IReadOnlySet<EventKey>> KnownAsync(
        CustomerId customer, IReadOnlyCollection<EventKey> keys, CancellationToken cancellation = default)
    {
        var known = await database.ReadAsync(
            "SELECT e.source, e.message_id, 0, NULL::bytea FROM unnest($sources, $messages) AS k (source, message) "
                + "JOIN events e ON e.store = $store AND e.customer = $customer AND e.source = k.source AND e.message_id = k.message "
                + "UNION ALL SELECT source, message_id, sequence, payload FROM events "
                + "WHERE store = $store AND customer = $customer AND source = ''",
            row => row.IsDBNull(3)
                ? [new EventKey(row.GetString(0), row.GetString(1))]
                : JournalRows.KeysOf([EventPayload.ReadEntries(row, 2)]).Intersect(keys).ToArray(),
            ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$sources", keys.Select(k => k.Source).ToArray()),
            ("$messages", keys.Select(k => k.MessageId).ToArray()));
        return known.SelectMany(k => k).ToHashSet();
    }

    /// <inheritdoc />
    public Task<JournalTip> FindTipAsync(CustomerId customer, CancellationToken cancellation = default) => _reads.Tips.AskAsync(customer);

    /// <inheritdoc />
    public Task<IReadOnlyList<CustomerId>> FindIdentitiesAsync(CustomerId customer, CancellationToken cancellation = default) =>
        database.ReadAsync(
        "SELECT customer FROM identity_links WHERE store = $store AND target = $customer",
        row => CustomerId.Parse(customer.Store, row.GetString(0)),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()));

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, CustomerId>> FindOwnersAsync(
        StoreId store, IReadOnlyCollection<string> orderIds,
        CancellationToken cancellation = default) => _reads.Owners.AskAsync((store, orderIds));

    private static async Task<CustomerId?> FindOwnerAsync(PostgresSession session, StoreId store, string order) =>
        await session.ScalarAsync(
            "SELECT owner FROM orders WHERE store = $store AND order_id = $order", ("$store", store.Value), ("$order", order))
            is string owner ? CustomerId.Parse(store, owner) : null;

    private static async Task<CustomerId?> FindSuccessorAsync(PostgresSession session, CustomerId id) => await session.ScalarAsync(
        "SELECT target FROM identity_links WHERE store = $store AND customer = $customer", ("$store", id.Store.Value),
        ("$customer", id.ToText()))
        is string target ? CustomerId.Parse(id.Store, target) : null;
}
