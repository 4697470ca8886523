using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>What the journal on SQLite promises beyond the contract.</summary>
public sealed class SqliteJournalTests
{
    [Fact]
    public async Task Many_keys_are_looked_for_in_one_statement_that_reads_by_the_index()
    {
        await using var store = new TestStore();
        using var session = new SqliteSession(store.Database.Open());
        using var plan = session.Query(
            "EXPLAIN QUERY PLAN " + KnownEvents.SqlFor(2),
            ("$store", "s"), ("$customer", "c"), ("$s0", "a"), ("$m0", "b"), ("$s1", "a"), ("$m1", "b"));
        var steps = new List<string>();
        while (plan.Read())
        {
            steps.Add(plan.GetString(3));
        }

        Assert.Contains(
            steps, s => s.Contains("events_message (store=? AND customer=? AND source=? AND message_id=?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_queue_refuses_instead_of_growing()
    {
        await using var store = new TestStore(options => options with { QueueLimit = 1, MostInTransaction = 1 });
        using var writing = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        var first = store.Writer.WriteAsync(_ =>
        {
            writing.Set();
            released.Wait();
        });
        writing.Wait();
        var all = Enumerable.Range(0, 500).Select(i => store.Journal.AppendAsync(Sample.Commit($"c{i}", 0, $"m{i}"))).ToArray();
        released.Set();
        await first;
        await all[0];
        foreach (var refused in all.Skip(1))
        {
            await Assert.ThrowsAsync<JournalFullException>(() => refused);
        }

        for (var i = 0; i < all.Length; i++)
        {
            Assert.Equal(i == 0 ? 1 : 0, (await store.Journal.ReadAsync(Sample.Customer($"c{i}"), 0)).Count);
        }
    }
}
