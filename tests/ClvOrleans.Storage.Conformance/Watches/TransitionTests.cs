using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Watches;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Storage.Conformance.Watches;

/// <summary><see cref="ITransitions"/>, and what customer rows say of segments: written with the row, or not at all.</summary>
public class TransitionTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly WatchList List = Look.List(1, "a", "b");

    private static CustomerId Anna => Sample.Customer("anna");

    [Fact]
    public async Task A_row_and_the_transitions_that_it_shows_are_written_together()
    {
        await AppendAsync("anna", 0, ["a"], "m1");
        await Assert.ThrowsAsync<SequenceConflictException>(() => AppendAsync("anna", 0, ["b"], "m2"));

        var row = (await Store.Rows.FindAsync(Anna))!;
        Assert.Equal(("a", "1.1"), (row.Contribution.Segments.Text, row.Contribution.Definitions));
        Assert.Null(row.Reading);
        Assert.Equal(["anna"], await MembersAsync("a"));
        Assert.Empty(await MembersAsync("b"));
        Assert.Equal(["Entered a 1", "Happened views 1"], (await OfAsync(Anna)).Select(Text));
    }

    [Fact]
    public async Task What_does_not_change_is_told_once()
    {
        await AppendAsync("anna", 0, ["a"], "m1");
        var row = (await Store.Rows.FindAsync(Anna))!;
        await UpdateAsync(row, ["a"]);
        await UpdateAsync(row, ["a"]);
        Assert.Equal(["Entered a 1", "Happened views 1"], (await OfAsync(Anna)).Select(Text));
        await UpdateAsync(row, []);
        await UpdateAsync(row, []);
        await UpdateAsync(row, ["a", "b"]);
        Assert.Equal(
            ["Entered a 1", "Happened views 1", "Left a 1", "Entered a 2", "Entered b 1"], (await OfAsync(Anna)).Select(Text));
        Assert.Equal(["anna"], await MembersAsync("a"));
        Assert.Equal(["anna"], await MembersAsync("b"));
    }

    [Fact]
    public async Task Transitions_of_a_shard_are_read_after_a_commit_and_a_commit_is_never_split()
    {
        await AppendAsync("anna", 0, ["a", "b"], "m1");
        var row = (await Store.Rows.FindAsync(Anna))!;
        await UpdateAsync(row, []);
        var all = await Store.Transitions.ReadAsync(Shop, Anna.Shard, 0, 100);
        Assert.Equal(["Entered a 1", "Entered b 1", "Happened views 1", "Left a 1", "Left b 1"], all.Select(Text));
        Assert.Equal([0, 1, 2, 0, 1], all.Select(t => t.Index));
        Assert.Equal(await Store.Rows.FindCommitAsync(Shop, Anna.Shard), all[^1].Commit);
        Assert.Equal(3, (await Store.Transitions.ReadAsync(Shop, Anna.Shard, 0, 1)).Count);
        Assert.Equal(3, (await Store.Transitions.ReadAsync(Shop, Anna.Shard, 0, 3)).Count);
        Assert.Equal(5, (await Store.Transitions.ReadAsync(Shop, Anna.Shard, 0, 4)).Count);
        Assert.Equal(["Left a 1", "Left b 1"], (await Store.Transitions.ReadAsync(Shop, Anna.Shard, all[0].Commit, 1)).Select(Text));
        Assert.Empty(await Store.Transitions.ReadAsync(Shop, (Anna.Shard + 1) % UsualShards.Count, 0, 100));
        Assert.Empty(await Store.Transitions.ReadAsync(Other, Anna.Shard, 0, 100));
    }

    [Fact]
    public async Task A_commit_says_which_transitions_it_made_with_those_of_an_identity_that_ends()
    {
        async Task<string[]> AppendAsync(string customer, int sequence, string[] holds, IdentityMerge? merged = null) =>
        [
            .. (await Store.Journal.AppendAsync(Sample.Commit(customer, sequence, $"m{sequence}") with
            {
                Merged = merged,
                Row = Sample.Row(
                    Sample.Customer(customer), sequence + 1) with { Reading = Look.At(Sample.Customer(customer), List, holds) },
            })).Select(t => $"{t.Customer.Id} {Text(t)}").Order(StringComparer.Ordinal),
        ];

        Assert.Equal(["a1 Entered a 1", "a1 Entered b 1"], await AppendAsync("a1", 0, ["a", "b"]));
        Assert.Empty(await AppendAsync("a1", 1, ["a", "b"]));
        Assert.Equal(["a1 Left b 1"], await AppendAsync("a1", 2, ["a"]));
        Assert.Equal(
            ["a1 Left a 1", "anna Entered a 1"], await AppendAsync("anna", 0, ["a"], new IdentityMerge(Sample.Customer("a1"), 3)));
    }

    [Fact]
    public async Task Transitions_since_an_instant_are_counted_by_subject_and_kind()
    {
        await AppendAsync("anna", 0, ["a", "b"], "m1");
        await UpdateAsync((await Store.Rows.FindAsync(Anna))!, ["a"]);
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "m1") with
        {
            Row = Sample.Row(Sample.Customer("bea"), 1) with
            {
                Reading = Look.At(Sample.Customer("bea"), List, ["a"]) with { At = Sample.Time.AddHours(1) },
            },
        });

        var all = await Store.Transitions.CountAsync(Shop, Sample.Time);
        Assert.Equal(
            ["segment/a Entered 2", "segment/b Entered 1", "segment/b Left 1", "policy/views Happened 1"],
            all.Select(c => $"{c.Subject} {c.Kind} {c.Transitions}"));
        Assert.Equal(["segment/a Entered 1"], (await Store.Transitions.CountAsync(Shop, Sample.Time.AddHours(1)))
            .Select(c => $"{c.Subject} {c.Kind} {c.Transitions}"));
        Assert.Empty(await Store.Transitions.CountAsync(Shop, Sample.Time.AddHours(2)));
        Assert.Empty(await Store.Transitions.CountAsync(Other, Sample.Time));
    }

    [Fact]
    public async Task A_merge_ends_the_stays_of_the_identity_and_carries_them_over()
    {
        await AppendAsync("a1", 0, ["a"], "m1");
        await Store.Journal.AppendAsync(Sample.Commit("anna", 0, "m1") with
        {
            Merged = new IdentityMerge(Sample.Customer("a1"), 1),
            Row = Sample.Row(
                Anna, 1) with
            { Reading = Look.At(Anna, List, ["a", "b"], cause: WatchCause.Merge) with { At = Sample.Time.AddDays(1) } },
        });

        Assert.Equal(["anna"], await MembersAsync("a"));
        Assert.Equal("Left a 1", Text((await OfAsync(Sample.Customer("a1")))[^1]));
        var entered = await OfAsync(Anna);
        Assert.Equal(["Entered a 1", "Entered b 1"], entered.Select(Text));
        Assert.Equal([true, false], entered.Select(t => t.IsCarriedOver));
        Assert.Equal(Sample.Time, entered[0].Since);
        Assert.All(entered, t => Assert.Equal(WatchCause.Merge, t.Cause));
    }

    [Fact]
    public async Task A_list_of_transitions_is_the_newest_first_by_subject_and_customer_and_goes_on_where_a_page_ended()
    {
        for (var i = 0; i < 5; i++)
        {
            var customer = Sample.Customer($"c{i}");
            await Store.Journal.AppendAsync(Sample.Commit($"c{i}", 0, "m1") with
            {
                Row = Sample.Row(customer, 1) with { Reading = Look.At(customer, List, ["a"]) with { At = Sample.Time.AddHours(i / 2) } },
            });
        }

        var query = new TransitionQuery(Shop, 2, WatchSubject.Of(new SegmentId("a")));
        var seen = new List<string>();
        for (var page = await Store.Transitions.QueryAsync(query); page.Count > 0; page = await Store.Transitions.QueryAsync(query))
        {
            Assert.Equal(page.OrderByDescending(t => t.At).Select(t => t.Customer), page.Select(t => t.Customer));
            seen.AddRange(page.Select(t => t.Customer.Id));
            query = query with { After = new TransitionPosition(page[^1].At, page[^1].Customer.Shard, page[^1].Commit, page[^1].Index) };
        }

        Assert.Equal(["c0", "c1", "c2", "c3", "c4"], seen.Order());
        Assert.Equal("c4", seen[0]);
        Assert.Empty(await Store.Transitions.QueryAsync(new TransitionQuery(Shop, 9, WatchSubject.Of(new SegmentId("b")))));
        Assert.Empty(await Store.Transitions.QueryAsync(new TransitionQuery(Other, 9)));
        Assert.Equal(
            ["c2"],
            (await Store.Transitions.QueryAsync(new TransitionQuery(Shop, 9, null, Sample.Customer("c2")))).Select(t => t.Customer.Id));
        Assert.Equal(2, await Store.Transitions.PruneAsync(Shop, Sample.Time.AddHours(1)));
        Assert.Equal(0, await Store.Transitions.PruneAsync(Shop, Sample.Time.AddHours(1)));
        Assert.Equal(3, (await Store.Transitions.QueryAsync(new TransitionQuery(Shop, 9))).Count);
    }

    [Fact]
    public async Task A_transition_is_read_as_it_was_written()
    {
        await AppendAsync("anna", 0, [], "m1");
        var row = (await Store.Rows.FindAsync(Anna))!;
        var facts = new TransitionFacts(new DateOnly(2026, 1, 2), 1, new Money(0), new Money(700), 500_000, Lifecycle.Cooling, "m-1", 3)
        {
            Lower = new Money(1),
            Upper = new Money(2_000),
        };
        await Store.Rows.UpdateAsync(
            [row with { Reading = Look.At(Anna, List, ["a"]) with { Facts = facts, Cause = new(WatchCauseKind.Model) } }]);
        var expected = new Transition
        {
            Customer = Anna,
            Subject = WatchSubject.Of(new SegmentId("a")),
            Revision = 1,
            Kind = TransitionKind.Entered,
            Entry = 1,
            Since = Sample.Time,
            At = Sample.Time,
            Cause = new WatchCause(WatchCauseKind.Model),
            Facts = facts,
        };
        var actual = (await OfAsync(Anna))[^1];
        Assert.Equal(expected with { Commit = actual.Commit, Index = 0 }, actual);
    }

    [Fact]
    public async Task Who_turns_is_asked_first_and_the_day_is_kept_without_a_commit()
    {
        var due = new EstimateTerms(new DateOnly(2026, 6, 1), 0, "", "1.1");
        foreach (var name in (string[])["turns", "later", "unknown"])
        {
            await AppendAsync(name, 0, [], "m1");
        }

        await SolveAsync("turns", due.Day, 0);
        await SolveAsync("later", due.Day.AddDays(1), 0);
        await SolveAsync("unknown", due.Day, 9); // Of another commit than that of the row.
        Assert.Equal(["turns", "unknown"], await NamesAsync(shard => Store.Rows.LateAsync(Shop, shard, due, 0, 9, turning: true)));
        Assert.Equal(["later", "turns", "unknown"], await NamesAsync(shard => Store.Rows.LateAsync(Shop, shard, due, 0, 9)));
        Assert.Equal(["unknown"], await NamesAsync(shard => Store.Rows.UnsolvedAsync(Shop, shard, 0, 9)));
        Assert.Equal(due.Day.AddDays(1), (await Store.Rows.FindAsync(Sample.Customer("later")))!.TurnsOn);
    }

    [Fact]
    public async Task Members_are_listed_by_id_and_by_value()
    {
        foreach (var (name, predicted) in ((string, int)[])[("c", 1), ("a", 2), ("b", 3), ("d", 4)])
        {
            var row = Sample.Row(Sample.Customer(name), 1);
            row = row with
            {
                Contribution = row.Contribution with { Sums = row.Contribution.Sums with { Predicted = new Money(predicted) } },
            };
            await Store.Journal.AppendAsync(Sample.Commit(name, 0, "m1") with
            {
                Row = row with { Reading = Look.At(row.Id, List, name == "d" ? ["b"] : ["a"]) },
            });
        }

        var segment = new SegmentId("a");
        Assert.Equal(["a", "b"], (await Store.Rows.MembersAsync(Shop, segment, null, 2)).Select(r => r.Id.Id));
        Assert.Equal(["c"], (await Store.Rows.MembersAsync(Shop, segment, Sample.Customer("b"), 2)).Select(r => r.Id.Id));
        var query = new CustomerRowQuery(Shop, null, 0, 10, CustomerRowSort.Predicted, 2, null, Segment: segment);
        var page = await Store.Rows.QueryAsync(query);
        Assert.Equal(["b", "a"], page.Rows.Select(r => r.Id.Id));
        Assert.Equal(["c"], (await Store.Rows.QueryAsync(query with { After = page.Next })).Rows.Select(r => r.Id.Id));
    }

    private static string Text(Transition t) => $"{t.Kind} {t.Subject.Id} {t.Entry}";

    private async Task AppendAsync(string customer, long expected, string[] holds, string message) =>
        await Store.Journal.AppendAsync(Sample.Commit(customer, expected, message) with
        {
            Row = Sample.Row(Sample.Customer(customer), expected + 1) with
            {
                Reading = Look.At(Sample.Customer(customer), List, holds, 0, null, message),
            },
        });

    private Task UpdateAsync(CustomerRow row, string[] holds) =>
        Store.Rows.UpdateAsync([row with { Reading = Look.At(row.Id, List, holds) }]);

    private async Task SolveAsync(string name, DateOnly on, long beyond)
    {
        var customer = Sample.Customer(name);
        await Store.Rows.SolveAsync([new CustomerTurn(customer, await Store.Rows.FindCommitAsync(Shop, customer.Shard) + beyond, on)]);
    }

    private static async Task<IEnumerable<string>> NamesAsync(Func<int, IAsyncEnumerable<(long Commit, CustomerRow Row)>> read)
    {
        var names = new List<string>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            names.AddRange(await read(shard).Select(r => r.Row.Id.Id).ToListAsync());
        }

        return names.Order();
    }

    private async Task<IEnumerable<string>> MembersAsync(string segment) =>
        (await Store.Rows.MembersAsync(Shop, new SegmentId(segment), null, 10)).Select(r => r.Id.Id);

    // In order of commit.
    private async Task<List<Transition>> OfAsync(CustomerId customer) =>
        [.. (await Store.Transitions.ReadAsync(customer.Store, customer.Shard, 0, 100)).Where(t => t.Customer == customer)];
}
