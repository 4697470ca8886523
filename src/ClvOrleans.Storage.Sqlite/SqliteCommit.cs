using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>Writes one commit within the writer's transaction: what it throws takes back this commit only.</summary>
internal static class SqliteCommit
{
    /// <summary>Writes a commit; the transitions that it made.</summary>
    public static ImmutableArray<Transition> Append(SqliteSession session, CustomerCommit commit, byte[][] payloads, byte[] summary)
    {
        var id = commit.Row.Id;
        var old = Fence(session, id, commit.ExpectedSequence);
        SqliteSqlDatabase.Write(session, s => SqlErased.GuardAsync(s, commit));
        var (joined, left) = commit.Merged is { } merged ? Merge(session, merged, commit.Row) : (null, []);

        for (var i = 0; i < payloads.Length; i++)
        {
            var e = commit.Events[i];
            session.Run(
                "INSERT INTO events (store, customer, sequence, source, message_id, kind, at, payload) "
                    + "VALUES ($store, $customer, $sequence, $source, $message, $kind, $at, $payload)",
                ("$store", id.Store.Value), ("$customer", id.ToText()), ("$sequence", commit.ExpectedSequence + i + 1),
                ("$source", e.Source),
                ("$message", e.MessageId), ("$kind", e.Kind.ToString()), ("$at", e.At.ToUnixTimeMilliseconds()), ("$payload", payloads[i]));
            if (e is { ReviewText: { } text, Rating: { } rating })
            {
                session.Run(
                    "INSERT INTO review_texts (store, customer, source, message_id, at, rating, text) "
                        + "VALUES ($store, $customer, $source, $message, $at, $rating, $text)",
                    ("$store", id.Store.Value), ("$customer", id.ToText()), ("$source", e.Source), ("$message", e.MessageId),
                    ("$at", e.At.ToUnixTimeMilliseconds()), ("$rating", rating), ("$text", text));
            }
        }

        Claim(session, commit);
        if (commit.BoughtAt is { } bought)
        {
            SqliteSqlDatabase.Write(session, s => SqlDeliveries.MarkBoughtAsync(s, id, bought));
        }

        if (commit.Merged is not null)
        {
            Settle(session, commit);
        }

        var noticed = commit.Row.Sequence > 0 ? SqliteWatches.Write(session, commit.Row, summary, old, joined) : [];
        return left.IsEmpty ? noticed : [.. left, .. noticed];
    }

    public static CustomerId? FindOwner(SqliteSession session, StoreId store, string order) =>
        session.Scalar(
            "SELECT owner FROM orders WHERE store = $store AND order_id = $order", ("$store", store.Value),
            ("$order", order)) is string owner
            ? CustomerId.Parse(store, owner)
            : null;

    public static CustomerId? FindSuccessor(SqliteSession session, CustomerId id) =>
        session.Scalar(
            "SELECT target FROM identity_links WHERE store = $store AND customer = $customer", ("$store", id.Store.Value),
            ("$customer", id.ToText())) is string target
            ? CustomerId.Parse(id.Store, target)
            : null;

    // The key of the orders is what gives an order one owner, whoever came first to the grains.
    private static void Claim(SqliteSession session, CustomerCommit commit)
    {
        var id = commit.Row.Id;
        var taken = ImmutableDictionary<string, CustomerId>.Empty;
        foreach (var order in commit.ClaimedOrders)
        {
            session.Run(
                "INSERT INTO orders (store, order_id, owner) VALUES ($store, $order, $owner) ON CONFLICT DO NOTHING",
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
                ("$store", id.Store.Value), ("$order", held.Event.OrderId), ("$source", held.Event.Source),
                ("$message", held.Event.MessageId));
        }

        foreach (var order in commit.ClaimedOrders)
        {
            if (session.Scalar(
                "SELECT 1 FROM held_events WHERE store = $store AND order_id = $order", ("$store", id.Store.Value),
                ("$order", order)) is not null)
            {
                throw new SequenceConflictException($"An event came to be held for order {order}.");
            }
        }
    }

    // After a merge nobody contests an order of their own.
    private static void Settle(SqliteSession session, CustomerCommit commit)
    {
        var (store, customer) = (commit.Row.Id.Store.Value, commit.Row.Id.ToText());
        foreach (var settled in commit.Settled)
        {
            session.Run(
                "DELETE FROM contested_completions WHERE store = $store AND order_id = $order AND sender = $customer AND owner = $customer "
                    + "AND source = $source AND message_id = $message",
                ("$store", store), ("$order", settled.Event.OrderId), ("$customer", customer), ("$source", settled.Event.Source),
                ("$message", settled.Event.MessageId));
        }

        if (session.Scalar(
            "SELECT 1 FROM contested_completions WHERE store = $store AND sender = $customer AND owner = $customer LIMIT 1",
            ("$store", store), ("$customer", customer)) is not null)
        {
            throw new SequenceConflictException($"An order came to be contested by an identity of {customer}.");
        }
    }

    // An identity that was merged has no journal of its own any more, whatever its last sequence was.
    private static WatchedRow? Fence(SqliteSession session, CustomerId id, long expected)
    {
        if (FindSuccessor(session, id) is { } successor)
        {
            throw new SequenceConflictException($"The customer has become {successor.ToText()}.");
        }

        var row = SqliteWatches.Find(session, id);
        return (row?.Sequence ?? 0) == expected ? row : throw new SequenceConflictException();
    }

    // How the identity stood with the watches, and the transitions that it leaves.
    private static (WatchState? State, ImmutableArray<Transition> Transitions) Merge(
        SqliteSession session, IdentityMerge merged, CustomerRow target)
    {
        var (left, transitions) = (Fence(session, merged.From, merged.Sequence), ImmutableArray<Transition>.Empty);
        var (store, from, to) = (merged.From.Store.Value, merged.From.ToText(), target.Id.ToText());
        Run("DELETE FROM events WHERE store = $store AND customer = $from");
        Run("UPDATE orders SET owner = $to WHERE store = $store AND owner = $from");
        Run("UPDATE identity_links SET target = $to WHERE store = $store AND target = $from");
        Run("INSERT INTO identity_links (store, customer, target) VALUES ($store, $from, $to)");
        SqliteSqlDatabase.Write(session, s => SqlDecisions.MergeAsync(s, merged.From, target.Id));
        SqliteSqlDatabase.Write(session, s => SqlReviewTexts.MergeAsync(s, merged.From, target.Id));
        Run("UPDATE contested_completions SET owner = $to WHERE store = $store AND owner = $from");

        // Both may have sent the same message: it stays once.
        Run("UPDATE OR IGNORE contested_completions SET sender = $to WHERE store = $store AND sender = $from");
        Run("DELETE FROM contested_completions WHERE store = $store AND sender = $from");
        SqliteSqlDatabase.Write(session, s => SqlExposures.MergeAsync(s, merged.From, target.Id));
        if ((long)session.Scalar(
            "SELECT count(DISTINCT substr(customer, 3)) FROM identity_links WHERE store = $store AND target = $to", ("$store", store),
            ("$to", to))!
            > merged.MostIdentities)
        {
            throw new IdentityLimitException();
        }

        if (merged.Sequence > 0)
        {
            var gone = new CustomerRow
            {
                Id = merged.From,
                Sequence = merged.Sequence + 1,
                Summary = new CustomerSummary(),
                Contribution = Contribution.Gone(merged.Sequence + 1),
                Reading = target.Reading,
            };
            transitions = SqliteWatches.Leave(session, gone, CustomerRowColumns.ToBytes(gone.Summary), left!);
        }

        return (left?.State, transitions);

        void Run(string sql) => session.Run(sql, ("$store", store), ("$from", from), ("$to", to));
    }
}
