using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Model;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IJournal" />
public sealed class SqliteJournal(SqliteDatabase database, SqliteWriter writer) : IJournal
{
    /// <inheritdoc />
    public Task AppendAsync(CustomerCommit commit, CancellationToken cancellation = default)
    {
        var payloads = commit.Events.Select(ToBytes).ToArray();
        return writer.WriteAsync(session => Append(session, commit, payloads));
    }

    /// <inheritdoc />
    public async Task<CustomerId?> HoldAsync(HeldEvent held, CancellationToken cancellation = default)
    {
        var (store, order, payload) = (held.Sender.Store, held.Event.OrderId!, ToBytes(held.Event));
        CustomerId? owner = null;
        await writer.WriteAsync(session =>
        {
            owner = FindOwner(session, store, order);
            if (owner is null)
            {
                session.Run(
                    "INSERT INTO held_events VALUES ($store, $order, $source, $message, $sender, $payload) ON CONFLICT DO NOTHING",
                    ("$store", store.Value), ("$order", order), ("$source", held.Event.Source), ("$message", held.Event.MessageId),
                    ("$sender", held.Sender.ToText()), ("$payload", payload));
            }
        });
        return owner;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<HeldEvent>> HeldAsync(StoreId store, IReadOnlyCollection<string> orderIds, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        var held = new List<HeldEvent>();
        foreach (var orderId in orderIds)
        {
            using var rows = session.Query(
                "SELECT sender, payload FROM held_events WHERE store = $store AND order_id = $order ORDER BY source, message_id",
                ("$store", store.Value), ("$order", orderId));
            while (rows.Read())
            {
                held.Add(new HeldEvent(CustomerId.Parse(store, rows.GetString(0)), FromBytes(rows, 1)));
            }
        }

        return Task.FromResult<IReadOnlyList<HeldEvent>>(held);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<JournalEntry>> ReadAsync(CustomerId customer, long after, CancellationToken cancellation = default) => ReadAsync(
        "SELECT sequence, payload FROM events WHERE store = $store AND customer = $customer AND sequence > $after ORDER BY sequence",
        row => new JournalEntry(row.GetInt64(0), FromBytes(row, 1)),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$after", after));

    /// <inheritdoc />
    public Task<IReadOnlyList<JournalEntry>> ReadLastAsync(CustomerId customer, int count, CancellationToken cancellation = default) => ReadAsync(
        "SELECT sequence, payload FROM events WHERE store = $store AND customer = $customer ORDER BY sequence DESC LIMIT $count",
        row => new JournalEntry(row.GetInt64(0), FromBytes(row, 1)),
        ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$count", count));

    /// <inheritdoc />
    public Task<IReadOnlySet<EventKey>> KnownAsync(
        CustomerId customer, IReadOnlyCollection<EventKey> keys, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
        var known = new HashSet<EventKey>();
        foreach (var key in keys)
        {
            var found = session.Scalar(
                "SELECT 1 FROM events WHERE store = $store AND customer = $customer AND source = $source AND message_id = $message",
                ("$store", customer.Store.Value), ("$customer", customer.ToText()), ("$source", key.Source), ("$message", key.MessageId));
            if (found is not null)
            {
                known.Add(key);
            }
        }

        return Task.FromResult<IReadOnlySet<EventKey>>(known);
    }

    /// <inheritdoc />
    public Task<JournalTip> FindTipAsync(CustomerId customer, CancellationToken cancellation = default)
    {
        using var session = new SqliteSession(database.Open());
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
        using var session = new SqliteSession(database.Open());
        var owners = new Dictionary<string, CustomerId>(StringComparer.Ordinal);
        foreach (var orderId in orderIds)
        {
            if (FindOwner(session, store, orderId) is { } owner)
            {
                owners[orderId] = owner;
            }
        }

        return Task.FromResult<IReadOnlyDictionary<string, CustomerId>>(owners);
    }

    private static void Append(SqliteSession session, CustomerCommit commit, byte[][] payloads)
    {
        var id = commit.Head.Id;
        var (store, customer) = (id.Store.Value, id.ToText());
        Fence(session, id, commit.ExpectedSequence);
        if (commit.Absorbed is { } absorbed)
        {
            Absorb(session, absorbed, id);
        }

        for (var i = 0; i < payloads.Length; i++)
        {
            var e = commit.Events[i];
            session.Run(
                "INSERT INTO events VALUES ($store, $customer, $sequence, $source, $message, $kind, $at, $payload)",
                ("$store", store), ("$customer", customer), ("$sequence", commit.ExpectedSequence + i + 1), ("$source", e.Source),
                ("$message", e.MessageId), ("$kind", e.Kind.ToString()), ("$at", e.At.ToUnixTimeMilliseconds()), ("$payload", payloads[i]));
        }

        Claim(session, commit);
        if (commit.Head.Sequence > 0)
        {
            SqliteHeads.Upsert(session, commit.Head);
        }
    }

    // The key of the orders is what gives an order one owner, whoever came first to the grains.
    private static void Claim(SqliteSession session, CustomerCommit commit)
    {
        var id = commit.Head.Id;
        var taken = ImmutableDictionary<string, CustomerId>.Empty;
        foreach (var order in commit.ClaimedOrders)
        {
            session.Run(
                "INSERT INTO orders VALUES ($store, $order, $owner) ON CONFLICT DO NOTHING",
                ("$store", id.Store.Value), ("$order", order), ("$owner", id.ToText()));
            if (FindOwner(session, id.Store, order) is { } owner && owner != id)
            {
                taken = taken.SetItem(order, owner);
            }
        }

        if (!taken.IsEmpty)
        {
            throw new OrdersTakenException(taken);
        }

        foreach (var held in commit.Delivered)
        {
            session.Run(
                "DELETE FROM held_events WHERE store = $store AND order_id = $order AND source = $source AND message_id = $message",
                ("$store", id.Store.Value), ("$order", held.Event.OrderId), ("$source", held.Event.Source), ("$message", held.Event.MessageId));
        }

        foreach (var order in commit.ClaimedOrders)
        {
            if (session.Scalar(
                "SELECT 1 FROM held_events WHERE store = $store AND order_id = $order", ("$store", id.Store.Value), ("$order", order)) is not null)
            {
                throw new SequenceConflictException($"An event came to be held for order {order}.");
            }
        }
    }

    private static CustomerId? FindOwner(SqliteSession session, StoreId store, string order) =>
        session.Scalar("SELECT owner FROM orders WHERE store = $store AND order_id = $order", ("$store", store.Value), ("$order", order)) is string owner
            ? CustomerId.Parse(store, owner)
            : null;

    private static void Fence(SqliteSession session, CustomerId id, long expected)
    {
        var sequence = session.Scalar(
            "SELECT sequence FROM customers WHERE store = $store AND customer = $customer", ("$store", id.Store.Value), ("$customer", id.ToText()));
        if ((long?)sequence is var last && (last ?? 0) != expected)
        {
            throw new SequenceConflictException();
        }
    }

    private static void Absorb(SqliteSession session, Absorption absorbed, CustomerId target)
    {
        Fence(session, absorbed.From, absorbed.Sequence);
        var (store, from, to) = (target.Store.Value, absorbed.From.ToText(), target.ToText());
        session.Run("DELETE FROM events WHERE store = $store AND customer = $from", ("$store", store), ("$from", from));
        session.Run("UPDATE orders SET owner = $to WHERE store = $store AND owner = $from", ("$store", store), ("$from", from), ("$to", to));
        session.Run("UPDATE identity_links SET target = $to WHERE store = $store AND target = $from", ("$store", store), ("$from", from), ("$to", to));
        session.Run(
            "INSERT INTO identity_links VALUES ($store, $from, $to) ON CONFLICT DO UPDATE SET target = excluded.target",
            ("$store", store), ("$from", from), ("$to", to));
        if (absorbed.Sequence > 0)
        {
            SqliteHeads.Upsert(session, new CustomerHead
            {
                Id = absorbed.From,
                Sequence = absorbed.Sequence + 1,
                Summary = new CustomerSummary(),
                Contribution = Model.Segments.Contribution.Gone(absorbed.Sequence + 1),
            });
        }
    }

    private static byte[] ToBytes(CustomerEvent e) => JsonSerializer.SerializeToUtf8Bytes(e, ModelJson.Default.CustomerEvent);

    private static CustomerEvent FromBytes(SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize((byte[])row.GetValue(column), ModelJson.Default.CustomerEvent)!;

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var session = new SqliteSession(database.Open());
        return Task.FromResult<IReadOnlyList<T>>(session.Read(sql, read, parameters));
    }
}
