using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>
/// Writes commits of different customers, none of them a merge, in one transaction and in a few statements, however many they are. A
/// commit that cannot be written gets its failure and leaves the others alone.
/// </summary>
internal sealed class CommitGroup(PostgresSession session, IReadOnlyList<PreparedCommit> commits)
{
    private IEnumerable<PreparedCommit> Written => commits.Where(c => c.Failure is null);

    /// <summary>Writes them. The transaction holds their locks: what is read stays as it is until it commits.</summary>
    public async ValueTask WriteAsync()
    {
        foreach (var commit in commits)
        {
            commit.Failure = null;
        }

        await FenceAsync();
        await PreferConflictsAsync();
        await GuardAsync();
        var events = Events().ToArray();
        if (events.Length >= EventWriter.LeastToCopy)
        {
            await EventWriter.CopyAsync(session, events);
        }

        await using var batch = session.Begin();
        Claim(batch);
        if (events.Length is > 0 and < EventWriter.LeastToCopy)
        {
            EventWriter.Insert(batch, session.Writer, events);
        }

        EventWriter.InsertReviews(batch, events);
        await RowWriter.WriteAsync(session, batch, [.. Written.SelectMany(c => c.Rows)]);
        await batch.SendAsync();
        foreach (var (id, bought) in Written.Select(c => (c.Commit.Row.Id, c.Commit.BoughtAt)))
        {
            if (bought is { } at)
            {
                await SqlDeliveries.MarkBoughtAsync(session, id, at);
            }
        }
    }

    // An identity that was merged has no journal of its own any more, whatever its last sequence was.
    private async Task FenceAsync()
    {
        var rows = new Dictionary<(string, string), (WatchedRow? Row, string? Target)>();
        var owners = new Dictionary<(string, string), string>();
        var held = new List<((string, string) Order, (string, string) Event)>();
        await using (var batch = session.Begin())
        {
            RowReader.Read(batch, [.. commits.Select(c => c.Commit.Row.Id)], rows);
            if (commits.Any(c => !c.Commit.ClaimedOrders.IsEmpty))
            {
                (string, object?)[] claimed =
                    [("$stores", Claims().Select(c => c.Store).ToArray()), ("$orders", Claims().Select(c => c.Order).ToArray())];
                batch.Read(
                    "SELECT o.store, o.order_id, o.owner FROM unnest($stores, $orders) AS a (store, order_id) "
                        + "JOIN orders o ON o.store = a.store AND o.order_id = a.order_id",
                    row => owners[(row.GetString(0), row.GetString(1))] = row.GetString(2), claimed);
                batch.Read(
                    "SELECT h.store, h.order_id, h.source, h.message_id FROM unnest($stores, $orders) AS a (store, order_id) "
                        + "JOIN held_events h ON h.store = a.store AND h.order_id = a.order_id",
                    row => held.Add(((row.GetString(0), row.GetString(1)), (row.GetString(2), row.GetString(3)))), claimed);
            }

            await batch.SendAsync();
        }

        var heldOf = held.ToLookup(h => h.Order, h => h.Event);
        foreach (var commit in commits)
        {
            var (row, target) = rows[(commit.Commit.Row.Id.Store.Value, commit.Commit.Row.Id.ToText())];
            commit.Row.Old = row;
            commit.Failure = target is not null ? new SequenceConflictException($"The customer has become {target}.")
                : (row?.Sequence ?? 0) != commit.Commit.ExpectedSequence ? new SequenceConflictException()
                : commit.Commit.Events.Select(e => e.Key).Distinct().Count() != commit.Commit.Events.Length
                    ? new SequenceConflictException("The commit holds an event twice.")
                : FindConflict(commit.Commit, owners, heldOf);
            foreach (var order in commit.Failure is null ? commit.Commit.ClaimedOrders : [])
            {
                owners[(commit.Commit.Row.Id.Store.Value, order)] = commit.Commit.Row.Id.ToText();
            }
        }
    }

    // Whoever was erased does not come back by a commit that was under way.
    private async Task GuardAsync()
    {
        var asked = Written.SelectMany(c => SqlErased.NamesOf(c.Commit).Select(n => (Commit: c, n.Name, n.At))).ToArray();
        if (asked.Length == 0 || await SqlErased.FindKeyAsync(session) is not { } key)
        {
            return;
        }

        var hashes = asked.Select(a => (Store: a.Commit.Commit.Row.Id.Store.Value, Hash: key.HashOf(a.Commit.Commit.Row.Id.Store, a.Name)))
            .ToArray();
        var found = new Dictionary<(string, string), DateTimeOffset>();
        await session.ReadAsync(
            "SELECT e.store, e.hash, e.until FROM unnest($stores, $hashes) AS a (store, hash) "
                + "JOIN erasures e ON e.store = a.store AND e.hash = a.hash",
            row => found[(row.GetString(0), row.GetString(1))] = SqlErased.InstantOf(row.GetInt64(2)),
            ("$stores", hashes.Select(h => h.Store).ToArray()), ("$hashes", hashes.Select(h => h.Hash).ToArray()));
        for (var i = 0; i < asked.Length; i++)
        {
            if (found.TryGetValue(hashes[i], out var until) && asked[i].At <= until)
            {
                asked[i].Commit.Failure = new CustomerErasedException();
            }
        }
    }

    private void Claim(PostgresBatch batch)
    {
        var mine = Claims().ToArray();
        if (mine.Length == 0)
        {
            return;
        }

        batch.Run(
            "INSERT INTO orders (store, order_id, owner) SELECT * FROM unnest($stores, $orders, $owners) ON CONFLICT DO NOTHING",
            ("$stores", mine.Select(c => c.Store).ToArray()), ("$orders", mine.Select(c => c.Order).ToArray()),
            ("$owners", mine.Select(c => c.Owner).ToArray()));
        batch.Run(
            "DELETE FROM held_events h USING unnest($stores, $orders) AS a (store, order_id) WHERE h.store = a.store AND h.order_id = "
                + "a.order_id",
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
                    + "JOIN events e ON e.store = $store AND e.customer = $customer AND e.source = a.source AND e.message_id = a.message "
                    + "LIMIT 1",
                ("$store", id.Store.Value), ("$customer", id.ToText()), ("$sources", events.Select(e => e.Source).ToArray()),
                ("$messages", events.Select(e => e.MessageId).ToArray()));
            commit.Failure = known is null
                ? commit.Failure
                : new SequenceConflictException("Another writer has written events of this customer.");
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

    private IEnumerable<PreparedEvent> Events() => Written.SelectMany(c => c.Commit.Events.Select(
        (e, i) => new PreparedEvent(c.Commit.Row.Id, c.Commit.ExpectedSequence + i + 1, e, c.Payloads[i])));
}
