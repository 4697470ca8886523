using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Journal;
using NpgsqlTypes;

namespace ClvOrleans.Storage.Postgres;

/// <summary>
/// Writes commits of different customers, none of them a merge, in one transaction and in a few statements, however many they are. A
/// commit that cannot be written gets its failure and leaves the others alone.
/// </summary>
internal sealed class CommitGroup(PostgresSession session, IReadOnlyList<PreparedCommit> commits)
{
    // Below it the set-up of COPY costs more than it saves.
    private const int LeastToCopy = 64;

    /// <summary>Rows that are written before those of the commits.</summary>
    public IReadOnlyList<PreparedRow> Before { get; init; } = [];

    private IEnumerable<PreparedCommit> Written => commits.Where(c => c.Failure is null);

    /// <summary>Writes them. The transaction holds their locks.</summary>
    public async ValueTask WriteAsync()
    {
        foreach (var commit in commits)
        {
            commit.Failure = null;
        }

        await FenceAsync();
        await ClaimAsync();
        await AppendAsync();
        await RowWriter.WriteAsync(session, [.. Before, .. Written.Select(c => c.Row).Where(r => r.Row.Sequence > 0)]);
    }

    // An identity that was merged has no journal of its own any more, whatever its last sequence was.
    private async Task FenceAsync()
    {
        var found = await session.ReadAsync(
            "SELECT a.store, a.customer, COALESCE(c.sequence, 0), l.target FROM unnest($stores, $customers) AS a (store, customer) "
                + "LEFT JOIN customers c ON c.store = a.store AND c.customer = a.customer "
                + "LEFT JOIN identity_links l ON l.store = a.store AND l.customer = a.customer",
            row => (Key: (row.GetString(0), row.GetString(1)), Sequence: row.GetInt64(2), Target: row.IsDBNull(3) ? null : row.GetString(3)),
            ("$stores", commits.Select(c => c.Commit.Row.Id.Store.Value).ToArray()),
            ("$customers", commits.Select(c => c.Commit.Row.Id.ToText()).ToArray()));
        var tips = found.ToDictionary(f => f.Key, f => (f.Sequence, f.Target));
        foreach (var commit in commits)
        {
            var tip = tips[(commit.Commit.Row.Id.Store.Value, commit.Commit.Row.Id.ToText())];
            commit.Failure = tip.Target is { } target ? new SequenceConflictException($"The customer has become {target}.")
                : tip.Sequence != commit.Commit.ExpectedSequence ? new SequenceConflictException()
                : commit.Commit.Events.Select(e => e.Key).Distinct().Count() != commit.Commit.Events.Length
                    ? new SequenceConflictException("The commit holds an event twice.")
                : null;
        }
    }

    // The locks of the orders are held: who owns them and what is held for them stays as it is read here.
    private async Task ClaimAsync()
    {
        var claims = Claims().ToArray();
        if (claims.Length == 0)
        {
            return;
        }

        (string, object?)[] asked =
            [("$stores", claims.Select(c => c.Store).ToArray()), ("$orders", claims.Select(c => c.Order).ToArray())];
        var owners = (await session.ReadAsync(
            "SELECT o.store, o.order_id, o.owner FROM unnest($stores, $orders) AS a (store, order_id) "
                + "JOIN orders o ON o.store = a.store AND o.order_id = a.order_id",
            row => (Key: (row.GetString(0), row.GetString(1)), Owner: row.GetString(2)), asked)).DistinctBy(o => o.Key).ToDictionary(o => o.Key, o => o.Owner);
        var held = (await session.ReadAsync(
            "SELECT h.store, h.order_id, h.source, h.message_id FROM unnest($stores, $orders) AS a (store, order_id) "
                + "JOIN held_events h ON h.store = a.store AND h.order_id = a.order_id",
            row => (Key: (row.GetString(0), row.GetString(1)), Event: (row.GetString(2), row.GetString(3))), asked))
            .ToLookup(h => h.Key, h => h.Event);
        foreach (var commit in Written.Where(c => !c.Commit.ClaimedOrders.IsEmpty))
        {
            commit.Failure = FindConflict(commit.Commit, owners, held);
            foreach (var order in commit.Failure is null ? commit.Commit.ClaimedOrders : [])
            {
                owners[(commit.Commit.Row.Id.Store.Value, order)] = commit.Commit.Row.Id.ToText();
            }
        }

        await PreferConflictsAsync();
        var mine = Claims().ToArray();
        await session.RunAsync(
            "INSERT INTO orders (store, order_id, owner) SELECT * FROM unnest($stores, $orders, $owners) ON CONFLICT DO NOTHING",
            ("$stores", mine.Select(c => c.Store).ToArray()), ("$orders", mine.Select(c => c.Order).ToArray()),
            ("$owners", mine.Select(c => c.Owner).ToArray()));
        await session.RunAsync(
            "DELETE FROM held_events h USING unnest($stores, $orders) AS a (store, order_id) WHERE h.store = a.store AND h.order_id = a.order_id",
            ("$stores", mine.Select(c => c.Store).ToArray()), ("$orders", mine.Select(c => c.Order).ToArray()));
    }

    // A commit with an event that is known comes from a writer that is out of date: it is told that before it is told of orders.
    private async Task PreferConflictsAsync()
    {
        foreach (var commit in commits.Where(c => c.Failure is OrdersTakenException))
        {
            var (id, events) = (commit.Commit.Row.Id, commit.Commit.Events);
            var known = await session.ScalarAsync(
                "SELECT 1 FROM unnest($sources, $messages) AS a (source, message) "
                    + "JOIN events e ON e.store = $store AND e.customer = $customer AND e.source = a.source AND e.message_id = a.message LIMIT 1",
                ("$store", id.Store.Value), ("$customer", id.ToText()), ("$sources", events.Select(e => e.Source).ToArray()),
                ("$messages", events.Select(e => e.MessageId).ToArray()));
            commit.Failure = known is null ? commit.Failure : new SequenceConflictException("Another writer has written events of this customer.");
        }
    }

    private static Exception? FindConflict(
        CustomerCommit commit, Dictionary<(string, string), string> owners, ILookup<(string, string), (string, string)> held)
    {
        var store = commit.Row.Id.Store;
        var taken = commit.ClaimedOrders
            .Select(o => (Order: o, Owner: owners.GetValueOrDefault((store.Value, o))))
            .Where(o => o.Owner is not null && o.Owner != commit.Row.Id.ToText())
            .ToImmutableDictionary(o => o.Order, o => CustomerId.Parse(store, o.Owner!));
        var delivered = commit.Delivered.Select(d => (d.Event.Source, d.Event.MessageId)).ToHashSet();
        var left = commit.ClaimedOrders.FirstOrDefault(o => held[(store.Value, o)].Any(e => !delivered.Contains(e)));
        return !taken.IsEmpty ? new OrdersTakenException(taken)
            : left is not null ? new SequenceConflictException($"An event came to be held for order {left}.")
            : null;
    }

    private IEnumerable<(string Store, string Order, string Owner)> Claims() => Written.SelectMany(
        c => c.Commit.ClaimedOrders.Select(o => (c.Commit.Row.Id.Store.Value, o, c.Commit.Row.Id.ToText())));

    private async Task AppendAsync()
    {
        var count = Written.Sum(c => c.Commit.Events.Length);
        if (count >= LeastToCopy)
        {
            await CopyAsync();
        }
        else if (count > 0)
        {
            await InsertAsync();
        }
    }

    private async Task CopyAsync()
    {
        await using var copy = await session.Connection.BeginBinaryImportAsync(
            "COPY events (store, customer, sequence, source, message_id, kind, at, payload) FROM STDIN (FORMAT BINARY)");
        foreach (var (id, sequence, e, payload) in Events())
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(id.Store.Value, NpgsqlDbType.Text);
            await copy.WriteAsync(id.ToText(), NpgsqlDbType.Text);
            await copy.WriteAsync(sequence, NpgsqlDbType.Bigint);
            await copy.WriteAsync(e.Source, NpgsqlDbType.Text);
            await copy.WriteAsync(e.MessageId, NpgsqlDbType.Text);
            await copy.WriteAsync(e.Kind.ToString(), NpgsqlDbType.Text);
            await copy.WriteAsync(e.At.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint);
            await copy.WriteAsync(payload, NpgsqlDbType.Bytea);
        }

        await copy.CompleteAsync();
    }

    private async Task InsertAsync()
    {
        var events = Events().ToArray();
        await session.RunAsync(
            "INSERT INTO events (store, customer, sequence, source, message_id, kind, at, payload) "
                + "SELECT * FROM unnest($stores, $customers, $sequences, $sources, $messages, $kinds, $times, $payloads)",
            ("$stores", events.Select(e => e.Id.Store.Value).ToArray()), ("$customers", events.Select(e => e.Id.ToText()).ToArray()),
            ("$sequences", events.Select(e => e.Sequence).ToArray()), ("$sources", events.Select(e => e.Event.Source).ToArray()),
            ("$messages", events.Select(e => e.Event.MessageId).ToArray()), ("$kinds", events.Select(e => e.Event.Kind.ToString()).ToArray()),
            ("$times", events.Select(e => e.Event.At.ToUnixTimeMilliseconds()).ToArray()), ("$payloads", events.Select(e => e.Payload).ToArray()));
    }

    private IEnumerable<(CustomerId Id, long Sequence, Domain.Events.CustomerEvent Event, byte[] Payload)> Events() => Written.SelectMany(
        c => c.Commit.Events.Select((e, i) => (c.Commit.Row.Id, c.Commit.ExpectedSequence + i + 1, e, c.Payloads[i])));
}
