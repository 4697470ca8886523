using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Sqlite.Tests;

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
        await journal.AppendAsync(Commit("anna", 0, "page") with { Merged = new IdentityMerge(Customer("a1"), 1) });

        Assert.Empty(await journal.ReadAsync(Customer("a1"), 0));
        Assert.Equal(Customer("anna"), (await journal.FindTipAsync(Customer("a1"))).MovedTo);
        Assert.Equal(Customer("anna"), (await journal.FindOwnersAsync(Store, ["1"]))["1"]);
        var sums = await new SqliteCustomerRows(new SqliteDatabase(options), writer).SumAsync(Store);
        Assert.Equal(1, sums.Values.Sum(s => s.Customers));
    }

    [Fact]
    public async Task An_identity_that_has_moved_without_events_takes_none_afterwards()
    {
        var options = NewOptions();
        await using var writer = new SqliteWriter(new SqliteDatabase(options), options);
        var journal = new SqliteJournal(new SqliteDatabase(options), writer);
        await journal.AppendAsync(Commit("anna", 0, "page") with { Merged = new IdentityMerge(Customer("a1"), 0) });

        await Assert.ThrowsAsync<SequenceConflictException>(() => journal.AppendAsync(Commit("a1", 0, "stray")));
        await Assert.ThrowsAsync<SequenceConflictException>(
            () => journal.AppendAsync(Commit("bea", 0, "late") with { Merged = new IdentityMerge(Customer("a1"), 0) }));
        Assert.Empty(await journal.ReadAsync(Customer("a1"), 0));
        Assert.Equal(Customer("anna"), (await journal.FindTipAsync(Customer("a1"))).MovedTo);
    }

    [Fact]
    public async Task More_identities_than_may_be_one_customer_are_refused_within_the_transaction()
    {
        var options = NewOptions();
        await using var writer = new SqliteWriter(new SqliteDatabase(options), options);
        var journal = new SqliteJournal(new SqliteDatabase(options), writer);
        await journal.AppendAsync(Commit("anna", 0, "m1") with { Merged = new IdentityMerge(Customer("a1"), 0, 2) });
        await journal.AppendAsync(Commit("bea", 0, "m2") with { Merged = new IdentityMerge(Customer("b1"), 0, 2) });

        await Assert.ThrowsAsync<IdentityLimitException>(() => journal.AppendAsync(Commit("anna", 1, "m3") with { Merged = new IdentityMerge(Customer("bea"), 1, 2) }));
        await journal.AppendAsync(Commit("anna", 1, "m3") with { Merged = new IdentityMerge(CustomerId.OfVisitor(Store, "a1"), 0, 1) });
        Assert.Null((await journal.FindTipAsync(Customer("bea"))).MovedTo);
        Assert.Equal(2, (await journal.ReadAsync(Customer("anna"), 0)).Count);
    }

    [Fact]
    public async Task What_comes_to_be_contested_during_an_absorption_fences_it_off()
    {
        var options = NewOptions();
        await using var writer = new SqliteWriter(new SqliteDatabase(options), options);
        var journal = new SqliteJournal(new SqliteDatabase(options), writer);
        await journal.AppendAsync(Commit("anna", 0, "m1") with { ClaimedOrders = ["1"] });
        var contested = new ContestedCompletion(
            Customer("a1"), Commit("a1", 0, "m2").Events[0] with { Kind = EventKind.OrderCompleted, Order = new OrderFacts("1") });
        Assert.Null(await journal.ContestAsync(contested, Customer("anna")));
        Assert.Null(await journal.ContestAsync(contested, Customer("anna")));

        var absorbing = Commit("anna", 1, "m3") with { Merged = new IdentityMerge(Customer("a1"), 0) };
        await Assert.ThrowsAsync<SequenceConflictException>(() => journal.AppendAsync(absorbing));
        await journal.AppendAsync(absorbing with { Settled = [.. await journal.ContestedAsync(Customer("a1"), Customer("anna"))] });
        Assert.Empty(await journal.ContestedAsync(Customer("anna"), Customer("anna")));
        Assert.Equal(Customer("anna"), await journal.ContestAsync(contested, Customer("anna")));
    }

    [Fact]
    public async Task Many_keys_are_looked_for_in_one_statement_that_reads_by_the_index()
    {
        var options = NewOptions();
        var database = new SqliteDatabase(options);
        await using var writer = new SqliteWriter(database, options);
        var journal = new SqliteJournal(database, writer);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => journal.AppendAsync(Commit("anna", i, $"m{i * 200}"))));
        for (var count = 1; count < 700; count += 97)
        {
            var known = await journal.KnownAsync(Customer("anna"), [.. Enumerable.Range(0, count).Select(i => new EventKey("web", $"m{i}"))]);
            Assert.Equal(Enumerable.Range(0, count).Where(i => i % 200 == 0 && i <= 400).Select(i => new EventKey("web", $"m{i}")).ToHashSet(), known);
        }

        using var session = new SqliteSession(database.Open());
        using var plan = session.Query(
            "EXPLAIN QUERY PLAN " + KnownEvents.SqlFor(2), ("$store", "s"), ("$customer", "c"), ("$s0", "a"), ("$m0", "b"), ("$s1", "a"), ("$m1", "b"));
        var steps = new List<string>();
        while (plan.Read())
        {
            steps.Add(plan.GetString(3));
        }

        Assert.Contains(steps, s => s.Contains("events_message (store=? AND customer=? AND source=? AND message_id=?)", StringComparison.Ordinal));
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
        Head = new CustomerRow
        {
            Id = Customer(id),
            Sequence = expected + 1,
            Summary = new CustomerSummary(),
            Contribution = new Contribution(
                expected + 1, new DateOnly(2026, 1, 1), 0, new SegmentCell(Lifecycle.Prospect, 0), new SegmentSums { Customers = 1, Gross = Money.Zero }),
        },
    };
}
