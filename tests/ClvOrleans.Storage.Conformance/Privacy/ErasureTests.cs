using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Storage.Conformance.Privacy;

/// <summary><see cref="IErasures"/>: an erasure is a commit, and what was erased does not come back by one.</summary>
public class ErasureTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly CustomerId Anna = Sample.Customer("anna");
    private static readonly CustomerId Visitor = CustomerId.OfVisitor(Sample.Shop, "v1");
    private static readonly DateTimeOffset At = Sample.Time;

    [Fact]
    public async Task A_customer_goes_with_all_identities_and_leaves_rows_that_followers_can_tell_are_theirs()
    {
        await AppendAnnaAsync();
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "b1"));
        var last = await Store.Rows.FindCommitAsync(Shop, Anna.Shard);
        Assert.Null(await Store.Erasures.FindKeyAsync());

        Assert.Equal(
            ["anna", "v1", "o1", "o2", "anna@example.com", "+491"], (await Store.Erasures.NamesAsync(Visitor)).Distinct());
        var person = await Store.Erasures.EraseAsync(Anna, suppress: false, At, []);
        Assert.Equal([Anna, Visitor], person.Identities);
        Assert.Equal(["anna", "v1", "o1", "o2", "anna@example.com", "+491"], person.Names);
        Assert.Equal(4, person.Events);

        Assert.Equal(new JournalTip(0, null), await Store.Journal.FindTipAsync(Anna));
        Assert.Equal(new JournalTip(0, null), await Store.Journal.FindTipAsync(Visitor));
        Assert.Empty(await Store.Journal.ReadAsync(Anna, 0));
        Assert.Empty(await Store.Journal.FindOwnersAsync(Shop, ["o1"]));
        Assert.Empty(await Store.Journal.HeldAsync(Shop, ["o2"]));
        Assert.Null(await Store.Rows.FindAsync(Anna));
        Assert.NotNull(await Store.Rows.FindAsync(Sample.Customer("bea")));

        var key = (await Store.Erasures.FindKeyAsync())!;
        foreach (var identity in person.Identities)
        {
            var changes = await Store.Rows.ChangesAsync(Shop, identity.Shard, 0).ToListAsync();
            var change = Assert.Single(changes, c => c.Customer == key.Of(identity));
            Assert.Null(change.Contribution.Cell);
            Assert.DoesNotContain(changes, c => c.Customer == identity);
            Assert.Equal(identity, key.ByRemains([Sample.Customer("bea"), identity])[change.Customer]);
        }

        Assert.True(await Store.Rows.FindCommitAsync(Shop, Anna.Shard) > last);
    }

    [Fact]
    public async Task A_commit_that_was_under_way_brings_nobody_back_nor_an_order_and_what_happens_later_is_a_new_customer()
    {
        await AppendAnnaAsync();
        await Store.Erasures.EraseAsync(Anna, suppress: false, At, []);

        await Assert.ThrowsAsync<SequenceConflictException>(() => Store.Journal.AppendAsync(Sample.Commit(Anna, 4, "m9")));
        await Assert.ThrowsAsync<CustomerErasedException>(() => Store.Journal.AppendAsync(Sample.Commit(Anna, 0, "m9")));
        var claim = Sample.Commit("bea", 0) with
        {
            Events = [Sample.Completion("b1", "o1")],
            ClaimedOrders = ["o1"],
            Row = Sample.Row(Sample.Customer("bea"), 1),
        };
        await Assert.ThrowsAsync<CustomerErasedException>(() => Store.Journal.AppendAsync(claim));
        await Assert.ThrowsAsync<CustomerErasedException>(
            () => Store.Journal.HoldAsync(new HeldEvent(Sample.Customer("bea"), Sample.Refund("b2", "o1"))));
        await Assert.ThrowsAsync<CustomerErasedException>(
            () => Store.Journal.HoldAsync(new HeldEvent(Anna, Sample.Refund("m9", "o9"))));

        var later = Sample.Commit(Anna, 0, "m9");
        await Store.Journal.AppendAsync(later with { Events = [later.Events[0] with { At = At.AddMinutes(1) }] });
        Assert.Equal(1, (await Store.Journal.FindTipAsync(Anna)).Sequence);
    }

    [Fact]
    public async Task Names_are_dropped_up_to_the_erasure_and_orders_and_the_suppressed_for_good()
    {
        await AppendAnnaAsync();
        await Store.Erasures.EraseAsync(Anna, suppress: true, At, []);
        await Store.Erasures.SuppressAsync(Sample.Customer("dora"), At);
        await ReopenAsync();

        ErasedName[] names =
        [
            ErasedName.Of(Anna), ErasedName.Of(Visitor), ErasedName.OfOrder("o1"), ErasedName.OfOrder("o2"),
            ErasedName.OfEmail("Anna@Example.com"), ErasedName.Of(Sample.Customer("dora")), ErasedName.Of(Sample.Customer("bea")),
        ];
        var found = await Store.Erasures.FindAsync(Shop, names);
        Assert.Equal(
            [true, true, true, true, false, true],
            names[..6].Select(n => found[n].Until == DateTimeOffset.MaxValue));
        Assert.Equal(At, found[names[4]].Until);
        Assert.Equal([true, false], new[] { names[0], names[5] }.Select(n => found[n].IsErased));
        Assert.False(found.ContainsKey(names[6]));
        await Store.Exposures.ExposeAsync(Sample.Exposure("mail", "dora", at: At.AddDays(1)));
        Assert.Empty(await Store.Exposures.OfCustomerAsync(Sample.Customer("dora")));
        Assert.Empty(await Store.Erasures.FindAsync(Other, names));
        Assert.Equal(6, (await Store.Erasures.ListAsync(Shop)).Count);

        Assert.True(await Store.Erasures.UnsuppressAsync(Anna, At.AddDays(1)));
        Assert.False(await Store.Erasures.UnsuppressAsync(Anna, At.AddDays(2)));
        Assert.False(await Store.Erasures.UnsuppressAsync(Sample.Customer("bea"), At));
        Assert.Equal(At.AddDays(1), (await Store.Erasures.FindAsync(Shop, names))[names[0]].Until);
    }

    [Fact]
    public async Task A_customer_who_has_become_another_is_not_erased_but_named()
    {
        await AppendAnnaAsync();
        await Assert.ThrowsAsync<SequenceConflictException>(() => Store.Erasures.EraseAsync(Visitor, suppress: false, At, []));
        Assert.Equal(4, (await Store.Journal.FindTipAsync(Anna)).Sequence);
    }

    [Fact]
    public async Task What_was_written_while_somebody_was_erased_is_swept_and_a_notice_once_it_has_ended()
    {
        await AppendAnnaAsync();
        var notice = Sample.Delivery("notice", "anna");
        await Store.Deliveries.AddAsync(Shop, [Sample.Delivery("before", "anna")]);
        await Store.Erasures.EraseAsync(Anna, suppress: false, At, [notice]);
        Assert.Equal([notice.Id], (await DeliveriesAsync()).Select(d => d.Id));

        await Store.Deliveries.AddAsync(Shop, [Sample.Delivery("late", "anna")]);
        await Store.Erasures.ClearAsync(Shop, At);
        Assert.Equal(2, (await DeliveriesAsync()).Count);
        await Store.Erasures.ClearAsync(Shop, At.AddSeconds(1));
        Assert.Equal([notice.Id], (await DeliveriesAsync()).Select(d => d.Id));

        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        Assert.True(await Store.Deliveries.TryPutAsync(
            Shop, Anna.Shard, writer, [notice with { State = DeliveryState.Sent, EndedAt = At }]));
        await Store.Erasures.ClearAsync(Shop, At.AddSeconds(1));
        Assert.Empty(await DeliveriesAsync());
    }

    [Fact]
    public async Task Refused_texts_that_hold_a_name_are_forgotten_and_others_kept()
    {
        await Store.DeadLetters.AddAsync(
        [
            Letter("""{"userId":"a1","traits":{"email":"ANNA@example.com"}}"""), Letter("""{"userId":"a1b2"}"""), Letter("a1,2026"),
            Letter("""{"email":"xanna@example.com.au"}"""), Letter("""{"email":"anna\u0040example.com"}"""), Letter("""[1, "17"]"""),
        ]);
        Assert.Equal(4, await Store.Erasures.ForgetAsync(Shop, ["anna@example.com", "a1", "17"]));
        Assert.Equal(2, (await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10)).Count);
        Assert.Equal(0, await Store.Erasures.ForgetAsync(Shop, []));
        await Store.Erasures.CompactAsync();
    }

    [Fact]
    public async Task A_refused_text_that_names_somebody_who_was_erased_or_is_suppressed_is_not_kept()
    {
        await AppendAnnaAsync();
        await Store.Erasures.EraseAsync(Anna, suppress: false, At, []);
        await Store.Erasures.SuppressAsync(Sample.Customer("bea-17"), At);
        await Store.Erasures.SuppressAsync(Sample.Customer("17"), At);
        await Store.DeadLetters.AddAsync(
        [
            Letter("""{"type":"track","userId":"anna","properties":{"revenue":"x"}}"""),
            Letter("""{"type":"track","anonymousId":"v1"}"""), Letter("""{"properties":{"order_id":"o1"}}"""),
            Letter("""{"topic":"orders/create","body":"{\"id\":5,\"email\":\"ANNA@example.com\"}"}"""),
            Letter("bea-17,2026-01-01,x"), Letter("""{"userId":17}"""), Letter("""{"userId":"bea-17","proper"""),
            Letter("""{"userId":"carla","quantity":17}"""), Letter("""{"userId":"bea-1","note":"anna is well"}"""),
        ]);
        Assert.Equal(
            ["carla", "bea-1"],
            (await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10))
                .Select(l => System.Text.Json.JsonDocument.Parse(l.Payload).RootElement.GetProperty("userId").GetString()));

        await Store.Erasures.UnsuppressAsync(Sample.Customer("17"), Sample.Letter(null).ReceivedAt.AddSeconds(-1));
        await Store.DeadLetters.AddAsync([Letter("""{"userId":17,"again":true}""")]);
        Assert.Equal(3, (await Store.DeadLetters.ListAsync(Shop, new DeadLetterQuery(), 0, 10)).Count);
    }

    [Fact]
    public async Task Everybody_of_a_store_is_a_customer_or_has_sent_what_waits()
    {
        await AppendAnnaAsync();
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "b1"));
        await Store.Journal.HoldAsync(new HeldEvent(Sample.Customer("carla"), Sample.Refund("m6", "o3")));
        await Store.Erasures.EraseAsync(Sample.Customer("bea"), suppress: false, At, []);
        var people = new HashSet<CustomerId>();
        await foreach (var person in Store.Erasures.PeopleAsync(Shop))
        {
            people.Add(person);
        }

        Assert.Equal([Anna, Sample.Customer("carla")], people.OrderBy(p => p.ToText(), StringComparer.Ordinal));
        await foreach (var person in Store.Erasures.PeopleAsync(Other))
        {
            Assert.Fail($"{person} is of another store.");
        }
    }

    [Fact]
    public async Task Outside_systems_are_known_that_were_told_of_an_audience()
    {
        await Store.Journal.AppendAsync(Sample.Commit(Anna, 0, "m1"));
        var (subscription, news) = (Sample.Subscription("ads"), new AudienceNews("vips", Anna, IsIn: true, 1));
        var writer = await Store.Deliveries.TakeAsync(Shop, Anna.Shard);
        Assert.True(await Store.Audiences.TryTellAsync(
            Shop, Anna.Shard, writer, subscription, [(news, Sample.Delivery("told", "anna"))]));
        Assert.Equal(
            [new ToldAudience("ads", subscription.Since, Anna, "vips", 1)], await Store.Erasures.ToldAsync(Anna));
        await Store.Erasures.EraseAsync(Anna, suppress: false, At, []);
        Assert.Empty(await Store.Erasures.ToldAsync(Anna));
    }

    [Fact]
    public async Task A_store_of_before_an_erasure_erases_whom_the_ledger_remembers_and_nobody_who_came_back()
    {
        await AppendAnnaAsync();
        await Store.Journal.AppendAsync(Sample.Commit("bea", 0, "b1"));
        Assert.Null(await Store.Erasures.ExportAsync());
        await Store.Erasures.EraseAsync(Anna, suppress: false, At, []);
        var ledger = ErasureLedger.Parse((await Store.Erasures.ExportAsync())!.ToJson());
        Assert.Equal(0, await Store.Erasures.ImportAsync(ledger));

        var later = Sample.Commit(Anna, 0, "m9");
        await Store.Journal.AppendAsync(later with { Events = [later.Events[0] with { At = At.AddMinutes(1) }] });
        Assert.Equal(0, await Store.Erasures.ImportAsync(ledger));
        Assert.Equal(1, (await Store.Journal.FindTipAsync(Anna)).Sequence);

        // As a backup of before would have it.
        var remembered = new Dictionary<string, IReadOnlyList<Erasure>>
        {
            [Shop.Value] =
            [
                ledger.Erasures[Shop.Value][0] with
                {
                    Hash = (await Store.Erasures.FindKeyAsync())!.HashOf(Shop, ErasedName.Of(Sample.Customer("bea"))),
                },
            ],
        };
        Assert.Equal(1, await Store.Erasures.ImportAsync(ledger with { Erasures = remembered }));
        Assert.Null(await Store.Rows.FindAsync(Sample.Customer("bea")));
        Assert.NotNull(await Store.Rows.FindAsync(Anna));
    }

    private static DeadLetter Letter(string payload) => Sample.Letter(null) with { Payload = System.Text.Encoding.UTF8.GetBytes(payload) };

    private async Task<IReadOnlyList<Delivery>> DeliveriesAsync() =>
        [.. (await Store.Deliveries.ListAsync(new DeliveryQuery(Shop), long.MaxValue, 10)).Select(d => d.Delivery)];

    // A visitor with an order who became Anna, and a refund that waits for its order.
    private async Task AppendAnnaAsync()
    {
        await Store.Journal.AppendAsync(Sample.Commit(Visitor, 0) with
        {
            Events = [Sample.Completion("m1", "o1")],
            ClaimedOrders = ["o1"],
            Row = Sample.Row(Visitor, 1),
        });
        var traits = ImmutableSortedDictionary<string, string>.Empty.Add("email", "anna@example.com").Add("phone", "+491");
        await Store.Journal.AppendAsync(Sample.Commit(Anna, 0) with
        {
            Events =
            [
                Sample.Completion("m1", "o1"), Sample.PageView("m2"), Sample.PageView("m3"),
                Sample.PageView("m4") with { Traits = traits },
            ],
            Row = Sample.Row(Anna, 4),
            Merged = new IdentityMerge(Visitor, 1, 10),
        });
        await Store.Journal.HoldAsync(new HeldEvent(Anna, Sample.Refund("m5", "o2")));
    }
}
