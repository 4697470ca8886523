using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Postgres;

/// <summary>Writes a commit that merges an identity into its customer. The transaction holds the locks of both.</summary>
internal static class CommitMerge
{
    /// <exception cref="SequenceConflictException">The identity has moved on, or has become another customer.</exception>
    /// <exception cref="IdentityLimitException">More identities would become one customer than may.</exception>
    public static async ValueTask WriteAsync(PostgresSession session, PreparedCommit prepared)
    {
        var (commit, merged) = (prepared.Commit, prepared.Commit.Merged!);
        var (store, from, to) = (commit.Row.Id.Store.Value, merged.From.ToText(), commit.Row.Id.ToText());
        var left = await FenceAsync(session, merged, commit.Row.Id, commit.ExpectedSequence);
        await RunAsync("DELETE FROM events WHERE store = $store AND customer = $from");
        await RunAsync("UPDATE orders SET owner = $to WHERE store = $store AND owner = $from");
        await RunAsync("UPDATE identity_links SET target = $to WHERE store = $store AND target = $from");
        await RunAsync("INSERT INTO identity_links (store, customer, target) VALUES ($store, $from, $to)");
        await SqlDecisions.MergeAsync(session, merged.From, commit.Row.Id);
        await SqlReviewTexts.MergeAsync(session, merged.From, commit.Row.Id);
        await SqlExposures.MergeAsync(session, merged.From, commit.Row.Id);
        await RunAsync("UPDATE contested_completions SET owner = $to WHERE store = $store AND owner = $from");

        // Both may have sent the same message: it stays once.
        await RunAsync(
            "UPDATE contested_completions c SET sender = $to WHERE store = $store AND sender = $from AND NOT EXISTS ("
                + "SELECT 1 FROM contested_completions o WHERE o.store = c.store AND o.order_id = c.order_id AND o.sender = $to "
                + "AND o.source = c.source AND o.message_id = c.message_id)");
        await session.RunAsync(
            "DELETE FROM contested_completions WHERE store = $store AND sender = $from", ("$store", store), ("$from", from));
        var identities = (long)(await session.ScalarAsync(
            "SELECT count(DISTINCT substr(customer, 3)) FROM identity_links WHERE store = $store AND target = $to", ("$store", store),
            ("$to", to)))!;
        if (identities > merged.MostIdentities)
        {
            throw new IdentityLimitException();
        }

        prepared.Row.Joined = left?.State;
        prepared.Gone = merged.Sequence > 0 ? new PreparedRow(GoneOf(merged, commit.Row)) { Old = left, IsGone = true } : null;
        await new CommitGroup(session, [prepared]).WriteAsync();
        if (prepared.Failure is { } failure)
        {
            throw failure;
        }

        await SettleAsync(session, commit);

        async Task RunAsync(string sql) => await session.RunAsync(sql, ("$store", store), ("$from", from), ("$to", to));
    }

    private static CustomerRow GoneOf(IdentityMerge merged, CustomerRow target) => new()
    {
        Id = merged.From,
        Sequence = merged.Sequence + 1,
        Summary = new CustomerSummary(),
        Contribution = Contribution.Gone(merged.Sequence + 1),
        Reading = target.Reading,
    };

    // The row of the identity.
    private static async Task<WatchedRow?> FenceAsync(PostgresSession session, IdentityMerge merged, CustomerId target, long expected)
    {
        var found = new Dictionary<(string, string), (WatchedRow? Row, string? Target)>();
        await using (var batch = session.Begin())
        {
            RowReader.Read(batch, [merged.From, target], found);
            await batch.SendAsync();
        }

        foreach (var (id, sequence) in new[] { (target, expected), (merged.From, merged.Sequence) })
        {
            var (row, successor) = found[(id.Store.Value, id.ToText())];
            if (successor is not null)
            {
                throw new SequenceConflictException($"The customer has become {successor}.");
            }

            if ((row?.Sequence ?? 0) != sequence)
            {
                throw new SequenceConflictException();
            }
        }

        return found[(merged.From.Store.Value, merged.From.ToText())].Row;
    }

    // After a merge nobody contests an order of their own.
    private static async Task SettleAsync(PostgresSession session, CustomerCommit commit)
    {
        var (store, customer) = (commit.Row.Id.Store.Value, commit.Row.Id.ToText());
        foreach (var settled in commit.Settled)
        {
            await session.RunAsync(
                "DELETE FROM contested_completions WHERE store = $store AND order_id = $order AND sender = $customer AND owner = $customer "
                    + "AND source = $source AND message_id = $message",
                ("$store", store), ("$order", settled.Event.OrderId), ("$customer", customer), ("$source", settled.Event.Source),
                ("$message", settled.Event.MessageId));
        }

        if (await session.ScalarAsync(
            "SELECT 1 FROM contested_completions WHERE store = $store AND sender = $customer AND owner = $customer LIMIT 1",
            ("$store", store), ("$customer", customer)) is not null)
        {
            throw new SequenceConflictException($"An order came to be contested by an identity of {customer}.");
        }
    }
}
