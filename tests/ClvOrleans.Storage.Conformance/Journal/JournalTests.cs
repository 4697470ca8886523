using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.Journal;

/// <summary><see cref="IJournal"/>: append-only journals, one writer each.</summary>
public class JournalTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task Events_come_back_as_they_were_committed_numbered_from_one()
    {
        var first = Sample.Commit("anna", 0, "m1", "m2");
        await Store.Journal.AppendAsync(first);
        await Store.Journal.AppendAsync(Sample.Commit("anna", 2, "m3"));

        var entries = await Store.Journal.ReadAsync(Sample.Customer("anna"), 0);
        Assert.Equal([(1, "m1"), (2, "m2"), (3, "m3")], entries.Select(e => (e.Sequence, e.Event.MessageId)));
        Assert.Equal(first.Events[0] with { Products = default }, entries[0].Event with { Products = default });
        Assert.Equal([3], (await Store.Journal.ReadAsync(Sample.Customer("anna"), 2)).Select(e => e.Sequence));
        Assert.Equal([3, 2], (await Store.Journal.ReadLastAsync(Sample.Customer("anna"), 2)).Select(e => e.Sequence));
        Assert.Equal(new JournalTip(3, null), await Store.Journal.FindTipAsync(Sample.Customer("anna")));
    }

    [Fact]
    public async Task Nothing_is_known_of_a_customer_without_events()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1"));
        foreach (var stranger in (CustomerId[])
            [Sample.Customer("bea"), Sample.Customer("Anna"), CustomerId.OfVisitor(Shop, "anna"), CustomerId.OfUser(Other, "anna")])
        {
            Assert.Empty(await Store.Journal.ReadAsync(stranger, 0));
            Assert.Empty(await Store.Journal.ReadLastAsync(stranger, 10));
            Assert.Equal(new JournalTip(0, null), await Store.Journal.FindTipAsync(stranger));
            Assert.Empty(await Store.Journal.KnownAsync(stranger, [new EventKey("web", "m1")]));
            Assert.Empty(await Store.Journal.FindIdentitiesAsync(stranger));
            Assert.Empty((await Store.Journal.FindRivalsAsync(stranger)).Others);
            Assert.Null(await Store.Rows.FindAsync(stranger));
        }
    }

    [Fact]
    public async Task Commits_that_wait_together_are_all_there_after_reopening()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Store.Journal.AppendAsync(Sample.Commit($"c{i}", 0, $"m{i}"))));
        await ReopenAsync();
        for (var i = 0; i < 200; i++)
        {
            var entry = Assert.Single(await Store.Journal.ReadAsync(Sample.Customer($"c{i}"), 0));
            Assert.Equal((1, $"m{i}"), (entry.Sequence, entry.Event.MessageId));
        }
    }

    [Fact]
    public async Task A_second_writer_of_a_customer_is_fenced_off_and_others_lose_nothing()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "first"));
        var late = Store.Journal.AppendAsync(Sample.Commit("anna", 0, "late"));
        var other = Store.Journal.AppendAsync(Sample.Commit("bea", 0, "other"));

        await Assert.ThrowsAsync<SequenceConflictException>(() => late);
        await other;
        Assert.Equal(["first"], (await Store.Journal.ReadAsync(Sample.Customer("anna"), 0)).Select(e => e.Event.MessageId));
        Assert.Equal(1, (await Store.Rows.FindAsync(Sample.Customer("anna")))!.Sequence);
        Assert.Single(await Store.Journal.ReadAsync(Sample.Customer("bea"), 0));
    }

    [Fact]
    public async Task A_writer_that_expects_more_than_there_is_is_fenced_off()
    {
        await Assert.ThrowsAsync<SequenceConflictException>(() => Store.Journal.AppendAsync(Sample.Commit("anna", 1, "m2")));
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1"));
        await Assert.ThrowsAsync<SequenceConflictException>(() => Store.Journal.AppendAsync(Sample.Commit("anna", 2, "m3")));
        Assert.Equal(["m1"], (await Store.Journal.ReadAsync(Sample.Customer("anna"), 0)).Select(e => e.Event.MessageId));
    }

    [Fact]
    public async Task An_event_that_the_journal_holds_fences_the_whole_commit_off()
    {
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1"));
        var again = Sample.Commit("anna", 1, "m2", "m1") with { ClaimedOrders = ["1"] };
        await Assert.ThrowsAsync<SequenceConflictException>(() => Store.Journal.AppendAsync(again));

        Assert.Equal(["m1"], (await Store.Journal.ReadAsync(Sample.Customer("anna"), 0)).Select(e => e.Event.MessageId));
        Assert.Empty(await Store.Journal.FindOwnersAsync(Shop, ["1"]));
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "m1"));
        await Store.Journal.AppendAsync(Sample.Commit("anna", 1) with
        {
            Events = [Sample.PageView("m1") with { Source = "ios" }],
            Row = Sample.Row(Sample.Customer("anna"), 2),
        });
    }

    [Fact]
    public async Task Known_keys_are_found_among_any_number_of_keys()
    {
        for (var i = 0; i < 3; i++)
        {
            await Store.Journal.AppendAsync(Sample.Commit("anna", i, $"m{i * 200}"));
        }

        for (var count = 1; count < 700; count += 97)
        {
            var known = await Store.Journal.KnownAsync(
                Sample.Customer("anna"), [.. Enumerable.Range(0, count).Select(i => new EventKey("web", $"m{i}"))]);
            Assert.Equal(
                Enumerable.Range(0, count).Where(i => i % 200 == 0 && i <= 400).Select(i => new EventKey("web", $"m{i}")).ToHashSet(),
                known);
        }
    }
}
