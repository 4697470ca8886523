using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using CsCheck;
using Xunit;
using static ClvOrleans.Tests.Happened;

namespace ClvOrleans.Valuation.Tests.Features;

public sealed class RecentBehaviourTests
{
    // Weeks 0, 9 and 13; seen on the Wednesday of week 13.
    private static readonly CustomerSummary Busy = Summarise(
        Order(0, "o", 1_000), On(0, EventKind.WishlistAdded),
        On(63, EventKind.ProductAdded), On(63, EventKind.CheckoutStarted), On(64, EventKind.ProductsSearched),
        On(65, EventKind.ProductReviewed),
        On(91, EventKind.ProductViewed), On(92, EventKind.PageViewed), On(93, EventKind.WishlistMovedToCart), On(93, EventKind.CartShared));

    [Theory]
    [InlineData("sessions4w", 3)]
    [InlineData("sessions13w", 6)]
    [InlineData("sessions52w", 7)]
    [InlineData("views4w", 2)]
    [InlineData("cartAdds4w", 1)]
    [InlineData("cartAdds13w", 2)]
    [InlineData("searches4w", 0)]
    [InlineData("searches13w", 1)]
    [InlineData("social13w", 2)]
    [InlineData("weeksSinceView", 0)]
    [InlineData("weeksSinceSearch", 4)]
    [InlineData("weeksSinceCart", 0)]
    [InlineData("weeksSinceCheckout", 4)]
    [InlineData("weeksSinceWish", 13)]
    [InlineData("weeksSinceSocial", 0)]
    public void Windows_and_recency_are_counted_in_calendar_weeks(string feature, double expected) =>
        Assert.Equal(expected, Value(Busy, 93, feature));

    [Fact]
    public void A_cart_is_abandoned_where_no_order_comes_in_its_week_or_the_next()
    {
        var summary = Summarise(
            Order(0, "first", 1), On(13, EventKind.ProductAdded), Order(14, "on the Monday after", 1),
            On(28, EventKind.ProductAdded), Order(42, "too late", 1), On(42, EventKind.ProductAdded), On(42, EventKind.ProductsSearched));

        Assert.Equal(1 / 3.0, Value(summary, 44, "abandonedCarts"));
        Assert.Equal(1, Value(summary, 44, "searchToOrder"));
        Assert.Equal(double.NaN, Value(summary, 44, "abandonedCheckouts"));
        Assert.Equal(0, Value(summary, 130, "abandonedCarts13w"));
    }

    [Fact]
    public void An_order_that_was_cancelled_did_not_leave_its_cart()
    {
        var summary = Summarise(
            Order(0, "kept", 1), On(7, EventKind.CheckoutStarted), Order(7, "cancelled", 1),
            On(8, EventKind.OrderCancelled) with { Order = new OrderFacts("cancelled") });
        Assert.Equal(0, Value(summary, 8, "abandonedCheckouts"));
    }

    [Fact]
    public void Of_a_customer_who_only_buys_behaviour_is_zero_or_unknown()
    {
        var summary = Summarise(Order(0, "o", 1_000));
        Assert.Equal((1, 0, 0), (Value(summary, 0, "sessions4w"), Value(summary, 0, "views52w"), Value(summary, 0, "social52w")));
        Assert.All(
            ["weeksSinceView", "weeksSinceSearch", "weeksSinceCart", "weeksSinceCheckout", "weeksSinceWish", "weeksSinceSocial",
                "abandonedCarts", "searchToOrder", "priceLevel"],
            name => Assert.Equal(double.NaN, Value(summary, 0, name)));
    }

    [Fact]
    public void The_order_in_which_events_arrive_changes_no_feature() =>
        (from events in History
         from shuffled in Gen.Shuffle(events)
         where events.Any(e => e.Kind == EventKind.OrderCompleted)
         select (events, shuffled)).Sample(t => Assert.Equal(Row(Summarise(t.events), 400), Row(Summarise(t.shuffled), 400)));

    private static double Value(CustomerSummary summary, int day, string name) => Row(summary, day)[FeatureCatalogue.IndexOf(name)];

    private static double[] Row(CustomerSummary summary, int day)
    {
        var row = new double[FeatureCatalogue.All.Length];
        FeatureCatalogue.Write(
            new FeatureInput(summary, Day(day), new Horizon(90), MarketCalendar.Empty.At(Day(day)), new ValueForecast(1, 2, 2, .1, 3)),
            row);
        return row;
    }
}
