using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
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
        await FenceAsync(session, merged.From, merged.Sequence);
        await FenceAsync(session, commit.Row.Id, commit.ExpectedSequence);
        await RunAsync("DELETE FROM events WHERE store = $store AND customer = $from");
        await RunAsync("UPDATE orders SET owner = $to WHERE store = $store AND owner = $from");
        await RunAsync("UPDATE identity_links SET target = $to WHERE store = $store AND target = $from");
        await RunAsync("INSERT INTO identity_links (store, customer, target) VALUES ($store, $from, $to)");
        await RunAsync("UPDATE contested_completions SET owner = $to WHERE store = $store AND owner = $from");

        // Both may have sent the same message: it stays once.
        await RunAsync(
            "UPDATE contested_completions c SET sender = $to WHERE store = $store AND sender = $from AND NOT EXISTS ("
                + "SELECT 1 FROM contested_completions o WHERE o.store = c.store AND o.order_id = c.order_id AND o.sender = $to "
                + "AND o.source = c.source AND o.message_id = c.message_id)");
        await session.RunAsync("DELETE FROM contested_completions WHERE store = $store AND sender = $from", ("$store", store), ("$from", from));
        var identities = (long)(await session.ScalarAsync(
            "SELECT count(DISTINCT substr(customer, 3)) FROM identity_links WHERE store = $store AND target = $to", ("$store", store), ("$to", to)))!;
        if (identities > merged.MostIdentities)
        {
            throw new IdentityLimitException();
        }

        var group = new CommitGroup(session, [prepared])
        {
            Before = merged.Sequence > 0 ? [new PreparedRow(GoneOf(merged))] : [],
        };
        await group.WriteAsync();
        if (prepared.Failure is { } failure)
        {
            throw failure;
        }

        await SettleAsync(session, commit);

        async Task RunAsync(string sql) => await session.RunAsync(sql, ("$store", store), ("$from", from), ("$to", to));
    }

    private static CustomerRow GoneOf(IdentityMerge merged) => new()
    {
        Id = merged.From,
        Sequence = merged.Sequence + 1,
        Summary = new CustomerSummary(),
        Contribution = Contribution.Gone(merged.Sequence + 1),
    };

    private static async Task FenceAsync(PostgresSession session, CustomerId id, long expected)
    {
        var (sequence, target) = (await session.ReadAsync(
            "SELECT (SELECT sequence FROM customers WHERE store = $store AND customer = $customer), "
                + "(SELECT target FROM identity_links WHERE store = $store AND customer = $customer)",
            row => (row.IsDBNull(0) ? 0 : row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1)),
            ("$store", id.Store.Value), ("$customer", id.ToText()))).Single();
        if (target is not null)
        {
            throw new SequenceConflictException($"The customer has become {target}.");
        }

        if (sequence != expected)
        {
            throw new SequenceConflictException();
        }
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
