using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Storage.Conformance.Journal;

/// <summary><see cref="IEventPacks"/>: old behaviour takes less room, and who reads the journal finds all of it.</summary>
public class EventPackTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly DateTimeOffset Limit = Sample.Time;
    private static readonly CustomerId Anna = Sample.Customer("anna");

    [Fact]
    public async Task Old_behaviour_is_read_as_before_but_for_what_no_fold_reads()
    {
        CustomerEvent[] events =
            [Old("a"), Sample.Completion("b", "o1"), Old("c"), Young("d"), Old("e"), Sample.Refund("f", "o1"), Old("g")];
        await AppendAsync(Anna, 0, events);
        Assert.Equal(4, await PackAsync(Anna));
        await ReopenAsync();
        CustomerEvent[] expected = [.. events.Select(e => Behaviour.Kinds.Contains(e.Kind) && e.At < Limit ? Behaviour.Reduce(e) : e)];
        Assert.Null(expected[0].Subject);
        Assert.Equal("/way", expected[3].Subject);
        AssertSame(expected, await Store.Journal.ReadAsync(Anna, 0));
        AssertSame(expected[4..], await Store.Journal.ReadAsync(Anna, 4), 5);
        AssertSame([.. expected[5..].Reverse()], [.. await Store.Journal.ReadLastAsync(Anna, 2)], 7, -1);
        AssertSame([.. expected.Reverse()], [.. await Store.Journal.ReadLastAsync(Anna, 99)], 7, -1);
        Assert.Equal(
            "abcdefg".Select(m => m.ToString()),
            (await Store.Journal.KnownAsync(Anna, [.. "abcdefgh".Select(m => new EventKey("web", m.ToString())), new EventKey("ios", "a")]))
                .Select(k => k.MessageId).Order(StringComparer.Ordinal));
        var history = await Store.History.ReadAsync(Shop, Anna.Shard).ToListAsync();
        Assert.Equal(events.Select(e => (Anna, e.Key)), history.Select(h => (h.Customer, h.Event.Key)));
        Assert.Equal(new JournalTip(7, null), await Store.Journal.FindTipAsync(Anna));
    }

    [Fact]
    public async Task What_is_young_or_no_behaviour_is_left_alone()
    {
        await AppendAsync(Anna, 0, Young("a"), Sample.Completion("b", "o1"), Old("c") with { Kind = EventKind.Identified });
        Assert.Equal(0, await PackAsync(Anna));
        Assert.Equal(0, await PackAsync(Sample.Customer("nobody")));
        Assert.Empty((await Store.Packs.FindAsync(Shop, Anna.Shard, 0, Limit)).Customers);
        Assert.Equal(["/way", null, "/way"], (await Store.Journal.ReadAsync(Anna, 0)).Select(e => e.Event.Subject));
    }

    [Fact]
    public async Task A_customer_goes_on_after_a_pack_and_late_events_join_it()
    {
        await AppendAsync(Anna, 0, Old("a"), Young("b"), Old("c"));
        Assert.Equal(2, await PackAsync(Anna));
        await AppendAsync(Anna, 3, Old("d"), Sample.Completion("e", "o1"));
        Assert.Equal(1, await PackAsync(Anna));
        Assert.Equal(0, await PackAsync(Anna));
        Assert.Equal(1, await Store.Packs.PackAsync(Anna, Limit.AddYears(1), (_, _) => true));
        Assert.Equal(0, await Store.Packs.PackAsync(Anna, Limit.AddYears(1), (_, _) => true));
        var entries = await Store.Journal.ReadAsync(Anna, 0);
        Assert.Equal([(1L, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")], entries.Select(e => (e.Sequence, e.Event.MessageId)));
        Assert.All(entries, e => Assert.Null(e.Event.Subject));
    }

    [Fact]
    public async Task Many_events_are_packed_some_at_a_time_into_packs_of_a_size()
    {
        const int Events = (2 * OldBehaviour.MostEvents) + 5;
        await AppendAsync(Anna, 0, [.. Enumerable.Range(0, Events).Select(i => Old($"{Guid.NewGuid()}-{i}"))]);
        Assert.Equal([OldBehaviour.MostEvents, OldBehaviour.MostEvents, 5, 0], [
            await PackAsync(Anna), await PackAsync(Anna), await PackAsync(Anna), await PackAsync(Anna)]);
        var entries = await Store.Journal.ReadAsync(Anna, 0);
        Assert.Equal(Enumerable.Range(0, Events), entries.Select(e => int.Parse(e.Event.MessageId[37..], null)));
        Assert.Equal(Enumerable.Range(1, Events).Select(i => (long)i), entries.Select(e => e.Sequence));
    }

    [Fact]
    public async Task Nothing_is_written_where_a_fold_would_differ()
    {
        await AppendAsync(Anna, 0, Old("a"), Old("b"));
        var seen = new List<string?>();
        Assert.Null(await Store.Packs.PackAsync(Anna, Limit, (whole, reduced) =>
        {
            seen.AddRange([.. whole.Select(e => e.Subject), .. reduced.Select(e => e.Subject)]);
            return false;
        }));
        await Assert.ThrowsAsync<ArithmeticException>(() => Store.Packs.PackAsync(Anna, Limit, (_, _) => throw new ArithmeticException()));
        Assert.Equal(["/way", "/way", null, null], seen);
        Assert.Equal(["/way", "/way"], (await Store.Journal.ReadAsync(Anna, 0)).Select(e => e.Event.Subject));
    }

    [Fact]
    public async Task All_who_have_old_behaviour_are_found_page_by_page()
    {
        var customers = Enumerable.Range(0, 100_000).Select(i => Sample.Customer($"c{i}")).Where(c => c.Shard == 7)
            .Take(OldBehaviour.MostCustomers + 3).ToArray();
        await Task.WhenAll(customers.Select((c, i) => AppendAsync(c, 0, i % 100 == 0 ? Old("a") : Young("a"))));
        var (found, pages) = (new List<CustomerId>(), 0);
        for (long? after = 0; after is { } place; pages++)
        {
            var page = await Store.Packs.FindAsync(Shop, 7, place, Limit);
            found.AddRange(page.Customers);
            after = page.Next;
        }

        Assert.Equal(2, pages);
        Assert.Equal(
            customers.Where((_, i) => i % 100 == 0).Select(c => c.Id).Order(StringComparer.Ordinal),
            found.Select(c => c.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Packs_go_with_a_merge_and_with_an_erasure()
    {
        var bob = Sample.Customer("bob");
        await AppendAsync(bob, 0, Old("a"), Old("b"));
        await PackAsync(bob);
        await AppendAsync(Anna, 0, Old("c"));
        var released = (await Store.Journal.ReadAsync(bob, 0)).Select(e => e.Event).ToArray();
        await Store.Journal.AppendAsync(new CustomerCommit
        {
            ExpectedSequence = 1,
            Events = [.. released],
            Row = Sample.Row(Anna, 3),
            Merged = new IdentityMerge(bob, 2),
        });
        Assert.Empty(await Store.Journal.ReadAsync(bob, 0));
        Assert.Equal(0, await PackAsync(bob));
        Assert.Equal(3, await PackAsync(Anna));
        Assert.Equal("cab", string.Concat((await Store.Journal.ReadAsync(Anna, 0)).Select(e => e.Event.MessageId)));
        var erased = await Store.Erasures.EraseAsync(Anna, false, Sample.Time, []);
        Assert.Equal(3, erased.Events);
        Assert.Empty(await Store.Journal.ReadAsync(Anna, 0));
        Assert.Empty(await Store.Journal.KnownAsync(Anna, [new EventKey("web", "a")]));
    }

    [Fact]
    public async Task A_customer_who_is_written_to_meanwhile_loses_nothing()
    {
        await AppendAsync(Anna, 0, Old("0"));
        var packing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await PackAsync(Anna);
            }
        });
        for (var i = 1; i <= 20; i++)
        {
            await AppendAsync(Anna, i, Old($"{i}"));
            var read = await Store.Journal.ReadAsync(Anna, 0);
            Assert.Equal(Enumerable.Range(0, i + 1).Select(m => $"{m}"), read.Select(e => e.Event.MessageId));
        }

        await packing;
        await PackAsync(Anna);
        Assert.Equal(21, (await Store.Journal.ReadAsync(Anna, 0)).Count);
    }

    [Fact]
    public async Task Packing_that_is_broken_off_in_its_transaction_leaves_all_as_it_was_or_packs_it_and_goes_on()
    {
        await AppendAsync(Anna, 0, Old("a"), Old("b"), Young("c"));
        await PackAsync(Anna);
        await AppendAsync(Anna, 3, Old("d"), Old("e"));
        for (var (round, kills) = (0, 0); round < 3; round++, kills = 0)
        {
            await Record.ExceptionAsync(() => Store.Packs.PackAsync(Anna, Limit, (_, _) =>
            {
                if (kills++ == 0)
                {
                    Open.InterruptAsync().GetAwaiter().GetResult();
                }

                return true;
            }));
            var read = await Store.Journal.ReadAsync(Anna, 0);
            Assert.Equal([(1L, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")], read.Select(e => (e.Sequence, e.Event.MessageId)));
        }

        await ReopenAsync();
        await PackAsync(Anna);
        Assert.Equal(0, await PackAsync(Anna));
        Assert.Equal(
            [null, null, "/way", null, null], (await Store.Journal.ReadAsync(Anna, 0)).Select(e => e.Event.Subject));
        Assert.Equal(new JournalTip(5, null), await Store.Journal.FindTipAsync(Anna));
    }

    private static CustomerEvent Old(string message) => Sample.PageView(message) with { Name = "Way", Subject = "/way" };

    private static CustomerEvent Young(string message) => Old(message) with { At = Limit };

    private Task<int?> PackAsync(CustomerId customer) => Store.Packs.PackAsync(customer, Limit, (_, _) => true);

    private async Task AppendAsync(CustomerId customer, long expected, params CustomerEvent[] events) =>
        await Store.Journal.AppendAsync(new CustomerCommit
        {
            ExpectedSequence = expected,
            Events = [.. events],
            Row = Sample.Row(customer, expected + events.Length),
        });

    private static void AssertSame(CustomerEvent[] expected, IReadOnlyList<JournalEntry> entries, long first = 1, int step = 1)
    {
        Assert.Equal(expected.Select((_, i) => first + (i * step)), entries.Select(e => e.Sequence));
        Assert.Equal(
            expected.Select(e => (e.Key, e.Kind, e.At, e.Name, e.Subject, e.OrderId)),
            entries.Select(e => e.Event).Select(e => (e.Key, e.Kind, e.At, e.Name, e.Subject, e.OrderId)));
    }
}
