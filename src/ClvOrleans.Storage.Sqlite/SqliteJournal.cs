using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation.Watches;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IJournal" />
public sealed class SqliteJournal(SqliteDatabase database, SqliteWriter writer) : IJournal
{
    /// <inheritdoc />
    public async Task<ImmutableArray<Transition>> AppendAsync(CustomerCommit commit, CancellationToken cancellation = default)
    {
        var payloads = commit.Events.Select(EventPayload.ToBytes).ToArray();
        var summary = CustomerRowColumns.ToBytes(commit.Row.Summary);
        var noticed = ImmutableArray<Transition>.Empty;
        await (commit.MayWait ? writer.WriteFollowingAsync(Append) : writer.WriteAsync(Append));
        return noticed;

        void Append(SqliteSession session) => noticed = SqliteCommit.Append(session, commit, payloads, summary);
    }

    /// <inheritdoc />
    public async Task<CustomerId?> HoldAsync(HeldEvent held, CancellationToken cancellation = default)
    {
        var (store, order, payload) = (held.Sender.Store, held.Event.OrderId!, EventPayload.ToBytes(held.Event));
        CustomerId? owner = null;
        await writer.WriteAsync(session =>
        {
            owner = SqliteCommit.FindOwner(session, store, order);
            if (owner is null)
            {
                SqliteSqlDatabase.Write(session, s => SqlErased.GuardAsync(s, held.Sender, held.Event));
                session.Run(
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
        StoreId store, IReadOnlyCollection<string> orderIds, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var held = new List<HeldEvent>();
        foreach (var orderId in orderIds)
        {
            using var rows = session.Query(
                "SELECT sender, payload FROM held_events WHERE store = $store AND order_id = $order ORDER BY source, message_id",
                ("$store", store.Value), ("$order", orderId));
            while (session.Next(rows))
            {
                held.Add(new HeldEvent(CustomerId.Parse(store, rows.GetString(0)), EventPayload.Read(rows, 1)));
            }
        }

        return Task.FromResult<IReadOnlyList<HeldEvent>>(held);
    }

    /// <inheritdoc />
    public async Task<CustomerId?> ContestAsync(ContestedCompletion completion, CustomerId owner, CancellationToken cancellation = default)
    {
        var (store, e, payload) = (completion.Sender.Store, completion.Event, EventPayload.ToBytes(completion.Event));
        CustomerId? recorder = null;
        await writer.WriteAsync(session =>
        {
            var sender = SqliteCommit.FindSuccessor(session, completion.Sender) ?? completion.Sender;
            if (sender != completion.Sender || SqliteCommit.FindOwner(session, store, e.OrderId!) != owner)
            {
                recorder = sender;
                return;
            }

            SqliteSqlDatabase.Write(session, s => SqlErased.GuardAsync(s, sender, e));
            session.Run(
                "INSERT INTO contested_completions (store, order_id, sender, source, message_id, owner, payload) "
                    + "VALUES ($store, $order, $sender, $source, $message, $owner, $payload) ON CONFLICT DO NOTHING",
                ("$store", store.Value), ("$order", e.OrderId), ("$sender", sender.ToText()), ("$source", e.Source),
                ("$message", e.MessageId), ("$owner", owner.ToText()), ("$payload", payload));
        });
        return recorder;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ContestedCompletion>> ContestedAsync(
        CustomerId one, CustomerId other, CancellationToken cancellation = default) => ReadAsync(
        "SELECT sender, payload FROM contested_completions "
            + "WHERE store = $store AND ((sender = $one AND owner = $other) OR (sender = $other AND owner = $one)) ORDER BY source, "
            + "message_id",
        row => new ContestedCompletion(CustomerId.Parse(one.Store, row.GetString(0)), EventPayload.Read(row, 1)),
        ("$store", one.Store.Value), ("$one", one.ToText()), ("$other", other.ToText()));

    /// <inheritdoc />
    public Task<OrderRivals> FindRivalsAsync(CustomerId customer, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var now = SqliteCommit.FindSuccessor(session, customer) ?? customer;
        using var rows = session.Query(
            "SELECT owner FROM contested_completions WHERE store = $store AND sender = $customer "
                + "UNION SELECT sender FROM contested_completions WHERE store = $store AND owner = $customer",
            ("$store", now.Store.Value), ("$customer", now.ToText()));
        var others = new List<CustomerId>();
        while (session.Next(rows))
        {
            others.Add(CustomerId.Parse(now.Store, rows.GetString(0)));
        }

        return Task.FromResult(new OrderRivals(now, others));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(CustomerId customer, long after, CancellationToken cancellation = default) =>
        EventPayload.InOrder(
            await ReadAsync(
                "SELECT sequence, payload FROM events WHERE store = $store AND customer = $customer AND sequence > $after "
                    + "ORDER BY sequence",
                row => EventPayload.ReadEntries(row, 0),
                ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$after", after)),
            after);

    /// <inheritdoc />
    public async Task<IReadOnlyList<JournalEntry>> ReadLastAsync(
        CustomerId customer, int count, CancellationToken cancellation = default) => JournalRows.Last(
        await ReadAsync(
            JournalRows.LastOf, row => EventPayload.ReadEntries(row, 0),
            ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$count", count)),
        count);

    /// <inheritdoc />
    public Task<IReadOnlySet<EventKey>> KnownAsync(
        CustomerId customer, IReadOnlyCollection<EventKey> keys, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var known = new HashSet<EventKey>();
        foreach (var asked in keys.Chunk(KnownEvents.MostKeys))
        {
            KnownEvents.Find(session, customer, asked, known);
        }

        if (known.Count < keys.Count)
        {
            var packs = session.Read(
                JournalRows.PacksOf, row => EventPayload.ReadEntries(row, 0),
                ("$store", customer.Store.Value), ("$customer", customer.ToText()));
            known.UnionWith(JournalRows.KeysOf(packs).Intersect(keys));
        }

        return Task.FromResult<IReadOnlySet<EventKey>>(known);
    }

    /// <inheritdoc />
    public Task<JournalTip> FindTipAsync(CustomerId customer, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        using var rows = session.Query(
            "SELECT (SELECT sequence FROM customers WHERE store = $store AND customer = $customer), "
                + "(SELECT target FROM identity_links WHERE store = $store AND customer = $customer)",
            ("$store", customer.Store.Value), ("$customer", customer.ToText()));
        rows.Read();
        return Task.FromResult(new JournalTip(
            rows.IsDBNull(0) ? 0 : rows.GetInt64(0), rows.IsDBNull(1) ? null : CustomerId.Parse(customer.Store, rows.GetString(1))));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<CustomerId>> FindIdentitiesAsync(CustomerId customer, CancellationToken cancellation = default) => ReadAsync(
        "SELECT customer FROM identity_links WHERE store = $store AND target = $customer",
        row => CustomerId.Parse(customer.Store, row.GetString(0)),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()));

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, CustomerId>> FindOwnersAsync(
        StoreId store, IReadOnlyCollection<string> orderIds, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        var owners = new Dictionary<string, CustomerId>(StringComparer.Ordinal);
        foreach (var orderId in orderIds)
        {
            if (SqliteCommit.FindOwner(session, store, orderId) is { } owner)
            {
                owners[orderId] = owner;
            }
        }

        return Task.FromResult<IReadOnlyDictionary<string, CustomerId>>(owners);
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<T>>(session.Read(sql, read, parameters));
    }
}
