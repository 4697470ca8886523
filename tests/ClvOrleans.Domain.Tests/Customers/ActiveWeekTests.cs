using System.Text.Json;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using CsCheck;
using Xunit;
using static ClvOrleans.Tests.Happened;

namespace ClvOrleans.Domain.Tests.Customers;

public sealed class ActiveWeekTests
{
    [Fact]
    public void A_week_counts_sessions_days_orders_time_and_events()
    {
        var weeks = Summarise(
            On(0, EventKind.PageViewed, 9) with { Duration = 30_000 }, On(0, EventKind.PageViewed, 15) with { Duration = 12_000 },
            On(6, EventKind.ProductsSearched), Order(8, "o1", 1_000), Order(8, "o1", 1_000), Order(9, "o2", 500),
            On(9, EventKind.OrderCancelled) with { Order = new OrderFacts("o2") }).Weeks;

        Assert.Equal(2, weeks.Length);
        Assert.Equal(
            (Day(0), 0b100_0001, 3, 0, 42_000L), (weeks[0].Monday, weeks[0].Days, weeks[0].Sessions, weeks[0].Orders, weeks[0].Duration));
        Assert.Equal(
            (2, 1, 3),
            (weeks[0].Counts.Sum(EventKind.PageViewed), weeks[0].Counts.Sum(EventKind.ProductsSearched), weeks[0].Counts.Sum(
                EventKind.ProductsSearched, EventKind.PageViewed)));
        Assert.Equal((Day(7), 0b110, 2, 2), (weeks[1].Monday, weeks[1].Days, weeks[1].Sessions, weeks[1].Orders));
    }

    [Fact]
    public void The_latest_104_active_weeks_are_kept()
    {
        var weeks = Summarise(Enumerable.Range(0, 110).Select(w => On(14 * w, EventKind.PageViewed))).Weeks;

        Assert.Equal((104, Day(14 * 6), Day(14 * 109)), (weeks.Length, weeks[0].Monday, weeks[^1].Monday));
        Assert.All(weeks, w => Assert.Equal((1, 1), (w.Days, w.Sessions)));
    }

    [Fact]
    public void Weeks_add_up_to_the_totals() => History.Sample(events =>
    {
        var summary = Summarise(events);
        Assert.Equal(summary.Sessions, summary.Weeks.Sum(w => w.Sessions));
        Assert.Equal(summary.Duration, summary.Weeks.Sum(w => w.Duration));
        Assert.Equal(summary.Orders, summary.Weeks.Sum(w => w.Orders));
        Assert.All(
            KindCounts.Kinds.ToArray(), k => Assert.Equal(summary.Counts.GetValueOrDefault(k), summary.Weeks.Sum(w => w.Counts.Sum(k))));
    });

    [Fact]
    public void Any_order_of_the_same_events_gives_the_same_summary() =>
        (from events in History
         from shuffled in Gen.Shuffle(events)
         select (events, shuffled)).Sample(t => Text(Summarise(t.events)) == Text(Summarise(t.shuffled)));

    [Fact]
    public void A_summary_reads_back_as_it_was_written() => History.Sample(events =>
    {
        var summary = Summarise(events);
        var read = JsonSerializer.Deserialize(Text(summary), DomainJson.Default.CustomerSummary)!;
        Assert.Equal(summary.Weeks, read.Weeks);
        Assert.Equal(summary.Bought, read.Bought);
    });

    [Fact]
    public void A_week_is_written_without_the_zeros_at_its_end()
    {
        var text = Text(Summarise(On(2, EventKind.PageViewed), On(2, EventKind.ProductViewed), Order(9, "o", 100)));

        Assert.Contains("""
            "weeks":[["2024-01-01",4,1,0,0,1,1],["2024-01-08",4,1,1]]
            """, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_that_a_later_version_counts_are_passed_over()
    {
        var counts = string.Join(',', Enumerable.Repeat("3", KindCounts.Length + 2));
        var week = Assert.Single(Read($$"""{"weeks":[["2024-01-01",1,2,0,5,{{counts}}]]}""").Weeks);

        Assert.Equal(42, week.Counts.Sum(KindCounts.Kinds));
    }

    [Theory]
    [InlineData("""{"weeks":[[1,2]]}""")]
    [InlineData("""{"weeks":[{"monday":"2024-01-01"}]}""")]
    [InlineData("""{"weeks":[["2024-01-01","1"]]}""")]
    public void What_is_no_week_is_refused(string text) => Assert.Throws<JsonException>(() => Read(text));

    [Fact]
    public void A_head_of_an_earlier_version_has_no_weeks_and_no_categories()
    {
        var summary = Read("""{"purchaseDays":[],"sessions":3}""");
        Assert.Empty(summary.Weeks);
        Assert.Empty(summary.Bought);
    }

    // The places in stored weeks: a kind that moves would be read as another.
    [Fact]
    public void Kinds_keep_their_places_in_stored_weeks() => Assert.Equal(
        [
            EventKind.PageViewed, EventKind.ProductViewed, EventKind.ProductListViewed, EventKind.ProductClicked,
            EventKind.ProductsSearched,
            EventKind.ProductAdded, EventKind.CheckoutStarted, EventKind.PromotionClicked, EventKind.WishlistAdded,
            EventKind.ProductReviewed, EventKind.ProductShared, EventKind.CartShared, EventKind.ScreenViewed, EventKind.WishlistMovedToCart,
        ],
        KindCounts.Kinds.ToArray());

    private static string Text(CustomerSummary summary) => JsonSerializer.Serialize(summary, DomainJson.Default.CustomerSummary);

    private static CustomerSummary Read(string text) => JsonSerializer.Deserialize(text, DomainJson.Default.CustomerSummary)!;
}
