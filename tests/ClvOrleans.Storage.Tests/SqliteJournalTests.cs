using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Segments;
using ClvOrleans.Storage.Sqlite;

namespace ClvOrleans.Storage.Tests;

public sealed class SqliteJournalTests
{
    private static readonly StoreId Store = new("shop");

    [Fact]
    public async Task Commits_that_wait_together_are_all_there_after_reopening()
    {
        var options = NewOptions();
        await using (var first = new SqliteWriter(new SqliteDatabase(options), options))
        {
            var journal = new SqliteJournal(new SqliteDatabase(options), first);
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => journal.AppendAsync(Commit($"c{i}", 0, $"m{i}"))));
        }

        await using var second = new SqliteWriter(new SqliteDatabase(options), options);
        var reopened = new SqliteJournal(new SqliteDatabase(options), second);
        for (var i = 0; i < 200; i++)
        {
            var entry = Assert.Single(await reopened.ReadAsync(Customer($"c{i}"), 0));
            Assert.Equal((1, $"m{i}"), (entry.Sequence, entry.Event.MessageId));
        }
    }

    [Fact]
    public async Task A_second_writer_of_a_customer_is_fenced_off_and_others_lose_nothing()
    {
        var options = NewOptions();
        await using var writer = new SqliteWriter(new SqliteDatabase(options), options);
        var journal = new SqliteJournal(new SqliteDatabase(options), writer);
        await journal.AppendAsync(Commit("anna", 0, "first"));

        var late = journal.AppendAsync(Commit("anna", 0, "late"));
        var other = journal.AppendAsync(Commit("bea", 0, "other"));

        await Assert.ThrowsAsync<SequenceConflictException>(() => late);
        await other;
        Assert.Equal(["first"], (await journal.ReadAsync(Customer("anna"), 0)).Select(e => e.Event.MessageId));
        Assert.Single(await journal.ReadAsync(Customer("bea"), 0));
    }

    [Fact]
    public async Task Absorbing_an_identity_moves_its_events_and_leaves_a_link()
    {
        var options = NewOptions();
        await using var writer = new SqliteWriter(new SqliteDatabase(options), options);
        var journal = new SqliteJournal(new SqliteDatabase(options), writer);
        var visitor = Commit("a1", 0, "page") with { ClaimedOrders = ["1"] };
        await journal.AppendAsync(visitor);
        await journal.AppendAsync(Commit("anna", 0, "page") with { Absorbed = new Absorption(Customer("a1"), 1) });

        Assert.Empty(await journal.ReadAsync(Customer("a1"), 0));
        Assert.Equal(Customer("anna"), (await journal.FindTipAsync(Customer("a1"))).MovedTo);
        Assert.Equal(Customer("anna"), (await journal.FindOwnersAsync(Store, ["1"]))["1"]);
        var sums = await new SqliteHeads(new SqliteDatabase(options), writer).SumAsync(Store);
        Assert.Equal(1, sums.Values.Sum(s => s.Customers));
    }

    [Fact]
    public async Task A_full_queue_refuses_instead_of_growing()
    {
        var options = NewOptions() with { QueueLimit = 1, MostInTransaction = 1 };
        await using var writer = new SqliteWriter(new SqliteDatabase(options), options);
        var journal = new SqliteJournal(new SqliteDatabase(options), writer);
        var all = Enumerable.Range(0, 500).Select(i => journal.AppendAsync(Commit($"c{i}", 0, $"m{i}"))).ToArray();
        await Assert.ThrowsAsync<JournalFullException>(() => Task.WhenAll(all));
        var kept = 0;
        for (var i = 0; i < all.Length; i++)
        {
            kept += (await journal.ReadAsync(Customer($"c{i}"), 0)).Count;
        }

        Assert.Equal(all.Count(t => t.IsCompletedSuccessfully), kept);
    }

    private static SqliteOptions NewOptions() => new() { Path = Path.Combine(Directory.CreateTempSubdirectory("clv-").FullName, "clv.db") };

    private static CustomerId Customer(string id) => CustomerId.OfUser(Store, id);

    private static CustomerCommit Commit(string id, long expected, string message) => new()
    {
        ExpectedSequence = expected,
        Events = [new CustomerEvent { MessageId = message, Source = "web", Kind = EventKind.PageViewed, At = DateTimeOffset.UnixEpoch.AddYears(50) }],
        Head = new CustomerHead
        {
            Id = Customer(id),
            Sequence = expected + 1,
            Summary = new CustomerSummary(),
            Contribution = new Contribution(
                expected + 1, new DateOnly(2026, 1, 1), 0, new SegmentCell(Lifecycle.Prospect, 0), new SegmentSums { Customers = 1, Gross = Money.Zero }),
        },
    };
}
