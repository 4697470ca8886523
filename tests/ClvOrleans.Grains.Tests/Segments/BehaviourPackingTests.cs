using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Segments;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Tests;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>A store that keeps behaviour for 30 days packs what is older, and nobody is told anything else than before.</summary>
public sealed class BehaviourPackingTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private static readonly StoreId Store = AnyStore.Forgetful;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => cluster.Time.GetUtcNow();

    [Fact]
    public async Task Answers_of_a_customer_and_sums_of_the_store_stay_as_they_were()
    {
        var anna = CustomerId.OfUser(Store, "anna");
        await RecordAsync(
            View(anna, "v1", -90, "p1"), View(anna, "v2", -80, "p2"), Search(anna, "s1", -70), Search(anna, "s2", -3),
            At(Sent.Order(anna, "o1", 5_000), -60), At(Sent.Refund(anna, "o1", 500, "r1"), -59));
        var before = await AnswersAsync(anna);
        using var measured = new Measured(cluster.Service<ClvTelemetry>(0));
        await PackAsync();
        Assert.True(measured.Of("clv.events.packed").Sum(m => m.Value) >= 3);
        var entries = await cluster.Journal.ReadAsync(anna, 0);
        Assert.Equal([null, null, null, "shoes", null, null], entries.Select(e => e.Event.Subject));
        Assert.Equal(before, await AnswersAsync(anna));
        await cluster.DeactivateAsync(anna);
        Assert.Equal(before, await AnswersAsync(anna));
    }

    [Fact]
    public async Task An_event_again_after_it_was_packed_changes_nothing_and_a_late_one_counts_once()
    {
        var bob = CustomerId.OfUser(Store, "bob");
        await RecordAsync(Search(bob, "s1", -90), Search(bob, "s2", -50));
        await PackAsync();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await cluster.DeactivateAsync(bob);
            Assert.Equal(
                [OutcomeKind.Duplicate, OutcomeKind.Duplicate],
                (await cluster.Router().RecordAsync([Search(bob, "s1", -90), Search(bob, "s2", -50)])).Select(o => o.Kind));
        }

        await RecordAsync(Search(bob, "s3", -70));
        await PackAsync();
        await cluster.DeactivateAsync(bob);
        Assert.Equal(OutcomeKind.Duplicate, Assert.Single(await cluster.Router().RecordAsync([Search(bob, "s3", -70)])).Kind);
        var view = await cluster.Grains.GetCustomer(bob).ViewAsync(null);
        Assert.Equal((3, 3), (view.Revision, view.Summary.Counts[EventKind.ProductsSearched]));
    }

    [Fact]
    public async Task An_event_that_a_visitor_has_packed_and_their_customer_has_too_is_one_after_they_are_joined()
    {
        var (cleo, visitor) = (CustomerId.OfUser(Store, "cleo"), CustomerId.OfVisitor(Store, "cleo-browser"));
        await RecordAsync(Search(visitor, "s1", -90), Search(visitor, "s2", -89), Search(cleo, "s1", -90));
        await PackAsync();
        await RecordAsync(At(Sent.Identify(cleo, visitor, "i1"), -1));
        var view = await cluster.Grains.GetCustomer(cleo).ViewAsync(null);
        Assert.Equal(2, view.Summary.Counts[EventKind.ProductsSearched]);
    }

    [Fact]
    public async Task The_round_of_the_store_packs_and_a_store_that_says_nothing_keeps_all()
    {
        var (dora, other) = (CustomerId.OfUser(Store, "dora"), CustomerId.OfUser(cluster.NewStore(), "dora"));
        await RecordAsync(Search(dora, "s1", -90), Search(other, "s1", -90));
        while ((await cluster.Journal.ReadAsync(dora, 0))[0].Event.Subject is not null)
        {
            // A day for each seventh of the shards; what is packed is packed after the call.
            cluster.Time.Move(TimeSpan.FromDays(1));
            await cluster.Grains.GetRefresh(Store).WatchAsync();
            await cluster.Grains.GetRefresh(other.Store).WatchAsync();
        }

        Assert.Equal("shoes", (await cluster.Journal.ReadAsync(other, 0))[0].Event.Subject);
    }

    [Fact]
    public async Task One_customer_whose_events_cannot_be_read_is_no_reason_to_leave_the_others()
    {
        var (eve, fay) = (CustomerId.OfUser(Store, "eve"), CustomerId.OfUser(Store, "fay"));
        await RecordAsync(Search(eve, "s1", -90), Search(fay, "s1", -90));
        await using (var connection = cluster.OpenJournal())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE events SET payload = x'00' WHERE store = $store AND customer = 'c:eve'";
            command.Parameters.AddWithValue("$store", Store.Value);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancelled));
        }

        await PackAsync();
        Assert.Null((await cluster.Journal.ReadAsync(fay, 0))[0].Event.Subject);
    }

    // A week in one: all shards.
    private async Task PackAsync()
    {
        for (var day = 0; day < BehaviourPacking.Days; day++)
        {
            await cluster.Service<BehaviourPacking>(0).PackAsync(Store, Now.AddDays(day), Cancelled);
        }
    }

    private async Task<string> AnswersAsync(CustomerId customer)
    {
        var grain = cluster.Grains.GetCustomer(customer);
        var (view, past) = (await grain.ViewAsync(null), await grain.ViewAsync(AnyStore.SettingsOf(Store).DayOf(Now.AddDays(-75))));
        var baskets = await grain.BasketsAsync();
        var recent = RecentFormat.Read(baskets.Recent).Items.Select(i => $"{i.Product} {i.At} {i.Interest}");
        var state = CustomerState.Fold((await cluster.Journal.ReadAsync(customer, 0)).Select(e => e.Event), AnyStore.SettingsOf(Store));
        var row = await cluster.Rows.FindAsync(customer);
        var sums = await cluster.Rows.SumAsync(Store);
        return string.Join('\n', [
            $"{view.Revision} {Text(view.Summary)}", Text(past.Summary), .. recent, Convert.ToBase64String(state.ToBytes()),
            $"{row!.Sequence} {row.Contribution} {Text(row.Summary)}", .. sums.Select(s => $"{s.Key} {s.Value}").Order(),
        ]);
    }

    private static string Text(CustomerSummary summary) =>
        System.Text.Json.JsonSerializer.Serialize(summary, Domain.DomainJson.Default.CustomerSummary);

    private RoutedEvent View(CustomerId who, string message, int day, string product) => At(
        new RoutedEvent(who, Sent.Event(message, EventKind.ProductViewed, 0) with { Products = [new ProductLine(product, "shoes")] }), day);

    private RoutedEvent Search(CustomerId who, string message, int day) => At(
        new RoutedEvent(who, Sent.Event(message, EventKind.ProductsSearched, 0) with { Subject = "shoes" }), day);

    private RoutedEvent At(RoutedEvent sent, int day) => sent with { Event = sent.Event with { At = Now.AddDays(day) } };

    private async Task RecordAsync(params RoutedEvent[] events) =>
        Assert.All(await cluster.Router().RecordAsync(events), o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
}
