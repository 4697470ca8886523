using System.Collections.Immutable;
using System.Text;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Sales;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Privacy;

/// <summary>Invariant 8: erased is gone, and stays gone; reports are those of the others.</summary>
public abstract class PersonErasureTests(ErasureCluster cluster)
{
    private const int Others = 60;
    private const string Email = "Anna.4711@example.com";
    private const string Phone = "+49304711";
    private readonly StoreId _store = cluster.NewStore();

    // Of this test alone: others keep theirs in other stores of the same files.
    private string User => $"person-4711-{_store}.";

    private CustomerId Anna => CustomerId.OfUser(_store, User);

    private CustomerId Phone1 => CustomerId.OfVisitor(_store, $"visitor-4711-{_store}.phone");

    private CustomerId Laptop => CustomerId.OfVisitor(_store, $"visitor-4711-{_store}.laptop");

    private IErasures Erasures => cluster.Service<IErasures>(0);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Also under the visitor whom she was, and with enough of it for a snapshot.
    private RoutedEvent[] History =>
    [
        Sent.Page(Phone1, "page-4711-0"),
        Sent.Order(Phone1, "order-4711-1", 5_000, 1),
        Sent.Identify(Anna, Phone1, "identify-4711-1"),
        Traits("traits-4711"),
        Sent.Identify(Anna, Laptop, "identify-4711-2"),
        .. Enumerable.Range(0, 150).Select(i => Sent.Page(Laptop, $"page-4711-l{i}", i % 30)),
        Sent.Order(Anna, "order-4711-2", 7_000, 2),
        Sent.Refund(Anna, "order-4711-2", 500, "refund-4711", 3),
        Sent.Refund(Anna, "order-4711-unknown", 500, "refund-4711-held", 3),
        Review("review-4711"),
    ];

    private string[] Traces =>
    [
        User, $"visitor-4711-{_store}.", Email, Phone[1..], "order-4711", "page-4711", "identify-4711", "refund-4711",
        "review-4711", "the words of Anna",
    ];

    [Fact]
    public async Task Nothing_of_a_person_is_left_in_any_table_or_file_and_the_reports_are_those_of_the_others_while_events_come_in()
    {
        await SendAsync(0, 400);
        await RecordAsync(History);
        await cluster.DeactivateAsync(Anna);
        await RecordAsync(Sent.Page(Anna, "page-4711-last", 31));
        await RecordAsync(Sent.Order(CustomerId.OfUser(_store, "c1"), "order-4711-2", 7_000, 2));
        await Letters.AddAsync(
            [Letter("""{"userId": 17, "traits": {"email": "anna.4711\u0040example.com"}}"""), Letter("""{"a": 1}""")], Cancelled);
        foreach (var silo in (int[])[0, 1])
        {
            Assert.Contains(Anna, (await cluster.Service<StoreSales>(silo).OfAsync(_store, Cancelled)).Select(b => b.Id));
        }

        await SumOfShardsAsync();
        var before = await cluster.DumpAsync();
        Assert.All(Traces, t => Assert.Contains(t, before, StringComparison.OrdinalIgnoreCase));

        var sending = SendAsync(400, 1_200);
        var erased = await EraseAsync(Phone1, suppress: true);
        await sending;

        Assert.Equal([Anna, Laptop, Phone1], erased.Identities.OrderBy(i => i.ToText(), StringComparer.Ordinal));
        Assert.Equal(1, await Erasures.ForgetAsync(_store, erased.Names, Cancelled));
        await Erasures.ClearAsync(_store, cluster.Time.GetUtcNow().AddSeconds(1), Cancelled);
        await Erasures.CompactAsync(Cancelled);
        var dump = await cluster.DumpAsync();
        Assert.All(Traces, t => Assert.DoesNotContain(t, dump, StringComparison.OrdinalIgnoreCase));
        Assert.Single(await Letters.ListAsync(_store, new DeadLetterQuery(), 0, 10, Cancelled));

        var shards = await SumOfShardsAsync();
        Assert.Equal(await FoldOfOthersAsync(), shards);
        Assert.Equal(Others, shards.Values.Sum(s => s.Customers));
        foreach (var silo in (int[])[0, 1])
        {
            Assert.DoesNotContain(Anna, (await cluster.Service<StoreSales>(silo).OfAsync(_store, Cancelled)).Select(b => b.Id));
        }

        await DeactivateShardsAsync();
        Assert.Equal(shards, await SumOfShardsAsync());
    }

    [Fact]
    public async Task What_is_sent_again_is_dropped_by_every_name_and_an_order_does_not_come_back_under_another()
    {
        await RecordAsync(History);
        await EraseAsync(Anna, suppress: false);

        Assert.All(await cluster.Router(1).RecordAsync(History), IsErased);
        var bea = CustomerId.OfUser(_store, "bea");
        Assert.All(
            await cluster.Router().RecordAsync(
            [
                Sent.Order(bea, "order-4711-1", 5_000, 1, "again"),
                Sent.Identify(bea, Phone1, "joins"),
                Sent.Alias(bea, User, "alias"),
                Sent.Page(CustomerId.OfUser(_store, Email), "by-address"),
            ]),
            IsErased);
        Assert.Equal(OutcomeKind.Recorded, Assert.Single(await cluster.Router().RecordAsync([Sent.Page(bea, "hers")])).Kind);
        Assert.Null(await cluster.Rows.FindAsync(Anna, Cancelled));
        Assert.Equal(0, (await cluster.Journal.FindTipAsync(Anna, Cancelled)).Sequence);
    }

    [Fact]
    public async Task Who_was_only_erased_comes_back_as_a_new_customer_by_what_happens_afterwards()
    {
        await RecordAsync(History);
        await EraseAsync(Anna, suppress: false);

        var later = After(Sent.Identify(Anna, Phone1, "later"));
        await RecordAsync(later);
        Assert.Equal(Anna, await cluster.FindSuccessorAsync(Phone1));
        Assert.Equal(1, (await cluster.Grains.GetCustomer(Anna).ViewAsync(null)).Revision);
        Assert.All(await cluster.Router().RecordAsync(History), IsErased);
        await Erasures.ClearAsync(_store, cluster.Time.GetUtcNow().AddSeconds(1), Cancelled);
        Assert.Equal(1, (await SumOfShardsAsync()).Values.Sum(s => s.Customers));

        await EraseAsync(Anna, suppress: false);
        Assert.Empty(await SumOfShardsAsync());
    }

    [Fact]
    public async Task Who_is_suppressed_stays_away_until_unsuppressed_and_what_was_sent_meanwhile_never_counts()
    {
        await RecordAsync(History);
        await EraseAsync(Anna, suppress: true);
        var meanwhile = After(Sent.Page(Anna, "meanwhile"));
        IsErased(Assert.Single(await cluster.Router().RecordAsync([meanwhile])));

        Assert.True(await Erasures.UnsuppressAsync(Anna, cluster.Time.GetUtcNow().AddHours(2), Cancelled));
        Assert.False(await Erasures.UnsuppressAsync(Anna, cluster.Time.GetUtcNow().AddHours(3), Cancelled));
        IsErased(Assert.Single(await cluster.Router(1).RecordAsync([meanwhile])));
        await RecordAsync(After(Sent.Page(Anna, "afterwards"), hours: 3));
        Assert.Equal(1, (await cluster.Grains.GetCustomer(Anna).ViewAsync(null)).Revision);
    }

    [Fact]
    public async Task Who_is_suppressed_without_being_erased_keeps_what_is_held_and_gets_nothing_more()
    {
        await RecordAsync(Sent.Page(Anna, "page-1"));
        await Erasures.SuppressAsync(Anna, cluster.Time.GetUtcNow(), Cancelled);
        IsErased(Assert.Single(await cluster.Router().RecordAsync([After(Sent.Page(Anna, "page-2"))])));
        Assert.Equal(1, (await cluster.Grains.GetCustomer(Anna).ViewAsync(null)).Revision);
    }

    [Fact]
    public async Task Somebody_who_is_not_known_is_remembered_all_the_same()
    {
        var erased = await EraseAsync(Anna, suppress: true);
        Assert.Equal((0, 1), (erased.Events, erased.Identities.Length));
        IsErased(Assert.Single(await cluster.Router().RecordAsync([After(Sent.Page(Anna, "page-1"))])));
    }

    [Fact]
    public async Task A_request_for_many_is_a_job_that_erases_all_of_them_and_keeps_none_of_their_ids()
    {
        string[] users = [.. Enumerable.Range(0, 40).Select(i => $"many-4711-{i:D2}")];
        foreach (var user in users)
        {
            var customer = CustomerId.OfUser(_store, user);
            await RecordAsync(Sent.Order(customer, $"o-{user}", 500), Sent.Page(customer, $"p-{user}"));
        }

        await RecordAsync(Sent.Order(CustomerId.OfUser(_store, "stays"), "o-stays", 700));
        await Letters.AddAsync([Letter("""{"orderId": "o-many-4711-07"}"""), Letter("""{"orderId": "o-stays"}""")], Cancelled);
        var request = new ErasureRequest(ErasureKind.SuppressWithDelete, [.. users, "many-4711-unknown"]);
        var begun = await cluster.Service<StoreJobs>(0).BeginAsync(_store, JobKind.Erasure, "", request, waits: true);
        var ended = await cluster.Service<StoreJobs>(1).WaitAsync(_store, begun.Job, Cancelled);

        Assert.Equal((JobState.Succeeded, null), (ended.State, ended.Request));
        Assert.Equal(
            new ErasureResult(ErasureKind.SuppressWithDelete, 41, 40, 80, 1), JobJson.Read<ErasureResult>(ended.Result!.Value));

        await ScrubbedAsync("many-4711");
        Assert.Equal(1, (await SumOfShardsAsync()).Values.Sum(s => s.Customers));
        IsErased(Assert.Single(await cluster.Router().RecordAsync([After(Sent.Page(CustomerId.OfUser(_store, users[3]), "again"))])));
    }

    [Fact]
    public async Task A_shop_that_leaves_is_erased_with_everybody_also_who_has_only_sent_what_waits()
    {
        await RecordAsync(History);
        var waits = CustomerId.OfUser(_store, $"waits-4711-{_store}.");
        await RecordAsync(Sent.Refund(waits, "order-4711-nowhere", 500, "refund-4711-alone", 3));
        await Letters.AddAsync([Letter("page-4711-of-nobody")], Cancelled);

        var begun = await cluster.Service<StoreJobs>(1).BeginAsync(
            _store, JobKind.Erasure, "", new ErasureRequest(ErasureKind.DeleteOnly, [], Everyone: true), waits: true);
        var ended = await cluster.Service<StoreJobs>(0).WaitAsync(_store, begun.Job, Cancelled);
        Assert.Equal(
            new ErasureResult(ErasureKind.DeleteOnly, 2, 1, 158, 1), JobJson.Read<ErasureResult>(ended.Result!.Value));
        await ScrubbedAsync([.. Traces, "waits-4711"]);
        Assert.Empty(await SumOfShardsAsync());
    }

    [Fact]
    public async Task What_is_refused_of_somebody_who_was_erased_is_not_kept()
    {
        await RecordAsync(History);
        await EraseAsync(Anna, suppress: false);
        await Letters.AddAsync(
            [Letter("{\"orderId\": \"order-4711-1\"}"), Letter($"{{\"userId\": \"{User}\"}}"), Letter("{\"a\": 1}")], Cancelled);
        Assert.Single(await Letters.ListAsync(_store, new DeadLetterQuery(), 0, 10, Cancelled));
    }

    private IDeadLetters Letters => cluster.Service<IDeadLetters>(0);

    private static void IsErased(EventOutcome outcome) => Assert.Equal((OutcomeKind.Erased, "erased"), (outcome.Kind, outcome.Code));

    // A job has the ids until its end is kept: the disk is scrubbed afterwards.
    private async Task ScrubbedAsync(params string[] traces)
    {
        for (var dump = await cluster.DumpAsync();
            Array.Exists(traces, t => dump.Contains(t, StringComparison.OrdinalIgnoreCase));
            dump = await cluster.DumpAsync())
        {
            Cancelled.ThrowIfCancellationRequested();
            await Pause.ShortAsync();
        }
    }

    private Task<ErasedPerson> EraseAsync(CustomerId who, bool suppress) =>
        cluster.Service<PersonErasure>(1).EraseAsync(who, suppress, cluster.Time.GetUtcNow());

    private RoutedEvent After(RoutedEvent sent, int hours = 1) =>
        sent with { Event = sent.Event with { At = cluster.Time.GetUtcNow().AddHours(hours) } };

    private RoutedEvent Traits(string message) => new(Anna, Sent.Event(message, EventKind.Identified, 1) with
    {
        Traits = ImmutableSortedDictionary<string, string>.Empty.Add("email", Email).Add("phone", Phone),
    });

    private RoutedEvent Review(string message) => new(Anna, Sent.Event(message, EventKind.ProductReviewed, 120) with
    {
        Rating = 400,
        ReviewText = "the words of Anna",
        At = cluster.Time.GetUtcNow(),
    });

    private DeadLetter Letter(string payload) =>
        new(0, _store, "web", cluster.Time.GetUtcNow(), null, "missing_user_id", "userId: is missing.", Encoding.UTF8.GetBytes(payload));

    private async Task RecordAsync(params RoutedEvent[] events)
    {
        foreach (var e in events)
        {
            var outcome = Assert.Single(await cluster.Router().RecordAsync([e]));
            Assert.True(outcome.Kind is OutcomeKind.Recorded or OutcomeKind.Duplicate, outcome.Message);
        }
    }

    private async Task SendAsync(int from, int to)
    {
        foreach (var chunk in Enumerable.Range(from, to - from).Chunk(8))
        {
            var outcomes = await Task.WhenAll(chunk.Select(i => cluster.Router(i % 2).RecordAsync([OtherEvent(i)])));
            Assert.All(outcomes.SelectMany(o => o), o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
        }
    }

    private RoutedEvent OtherEvent(int i) => i % 2 == 0
        ? Sent.Order(CustomerId.OfUser(_store, $"c{i % Others}"), $"o{i}", 100 + i, i % 160)
        : Sent.Page(CustomerId.OfUser(_store, $"c{i % Others}"), $"p{i}", i % 160);

    private async Task<Dictionary<SegmentCell, SegmentSums>> SumOfShardsAsync()
    {
        var sums = new Dictionary<SegmentCell, SegmentSums>();
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            foreach (var (cell, sum) in (await cluster.Grains.GetShard(_store, shard).SumAsync()).Cells)
            {
                sums[cell] = sums.GetValueOrDefault(cell) + sum;
            }
        }

        return sums;
    }

    private async Task DeactivateShardsAsync()
    {
        for (var shard = 0; shard < UsualShards.Count; shard++)
        {
            await cluster.Cluster.DeactivateAsync((IAddressable)cluster.Grains.GetShard(_store, shard));
        }
    }

    // Every customer who remains, folded anew from the journal and estimated anew.
    private async Task<Dictionary<SegmentCell, SegmentSums>> FoldOfOthersAsync()
    {
        var settings = AnyStore.SettingsOf(_store);
        var champion = cluster.Service<IChampions>(0).Find(_store);
        var today = settings.DayOf(cluster.Time.GetUtcNow());
        var sums = new Dictionary<SegmentCell, SegmentSums>();
        for (var c = 0; c < Others; c++)
        {
            var entries = await cluster.Journal.ReadAsync(CustomerId.OfUser(_store, $"c{c}"), 0, Cancelled);
            var summary = CustomerSummary.Of(CustomerState.Fold(entries.Select(e => e.Event), settings), settings);
            var estimate = champion.Model.Estimate(summary, MarketCalendar.Empty, settings, today, settings.Horizon);
            var contribution = Contribution.Of(entries.Count, champion.Generation, summary, estimate, settings.MarginBasisPoints);
            sums[contribution.Cell!.Value] = sums.GetValueOrDefault(contribution.Cell.Value) + contribution.Sums;
        }

        return sums;
    }
}
