using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using Xunit;

namespace ClvOrleans.Simulation.Tests;

public sealed class SimulatedEventsTests
{
    [Fact]
    public void Equal_options_give_equal_bytes_and_another_seed_does_not()
    {
        var store = Simulated.Store();
        Assert.Equal(Lines(store), Lines(store));
        Assert.Equal(Lines(store), Lines(Simulated.Store()));
        Assert.Empty(Lines(store).Intersect(Lines(Simulated.Store(seed: 2))));

        static List<string> Lines(SimulatedStore store) => [.. store.Events().Take(5_000).Select(e => e.ToJson())];
    }

    [Fact]
    public void Events_come_in_the_order_of_time_from_the_start_on_and_go_on_after_the_history()
    {
        var store = Simulated.Store();
        var twice = store.Options.Start.AddDays(2 * store.Options.Days);
        var events = store.Events().TakeWhile(e => e.At < twice).ToList();
        Assert.True(events[0].At >= store.Options.Start);
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
        Assert.Equal(events.Count, events.Select(e => e.MessageId).Distinct().Count());

        // One customer comes in each of the equal parts of the time: 300 in the history, 300 in as long a time after it.
        Assert.Equal(600, events.Where(e => e.Name == "Order Completed").Select(e => e.UserId).Distinct().Count());
        Assert.Equal(
            store.Truth().Select(t => t.UserId),
            events.Where(e => e.Name == "Order Completed" && e.At < store.Options.End).Select(e => e.UserId).Distinct());
    }

    [Fact]
    public void The_intake_takes_every_event_and_finds_everything_that_a_shop_sends()
    {
        var kinds = Simulated.Store().History().Select(e => e.Read().Event.Kind).ToHashSet();
        Assert.Superset(
            new HashSet<EventKind>
            {
                EventKind.PageViewed, EventKind.Identified, EventKind.ProductsSearched, EventKind.ProductListViewed,
                EventKind.ProductViewed,
                EventKind.ProductAdded, EventKind.CartViewed, EventKind.CheckoutStarted, EventKind.OrderCompleted, EventKind.OrderRefunded,
                EventKind.OrderCancelled, EventKind.CouponApplied, EventKind.PromotionViewed, EventKind.PromotionClicked,
                EventKind.WishlistAdded, EventKind.ProductShared, EventKind.ProductReviewed,
            },
            kinds);
        Assert.DoesNotContain(EventKind.Activity, kinds);
    }

    [Fact]
    public void Visitors_are_anonymous_until_they_order_and_known_on_that_browser_from_then_on()
    {
        var owners = new Dictionary<string, string>();
        foreach (var e in Simulated.Store().History().Where(e => e.AnonymousId is not null))
        {
            Assert.Equal(owners.GetValueOrDefault(e.AnonymousId!), e.Type == "identify" ? null : e.UserId);
            if (e.Type == "identify")
            {
                owners.Add(e.AnonymousId!, e.UserId!);
            }
        }

        Assert.True(owners.Count > owners.Values.Distinct().Count()); // Some have a second browser.
    }

    [Fact]
    public void Lines_add_up_to_the_order_and_refunds_never_exceed_it()
    {
        var orders = new Dictionary<string, (CustomerEvent Order, long Refunded, bool Over)>();
        foreach (var e in Simulated.Store().History().Select(e => e.Read().Event).Where(e => e.OrderId is not null))
        {
            if (e.Order is { Value: { } value } facts)
            {
                Assert.Equal(value.Minor + (facts.Discount?.Minor ?? 0), e.Products.Sum(p => (long)p.Price!.Value.Minor * p.Quantity));
                Assert.True(value.Minor > 0);
                orders.Add(facts.OrderId, (e, 0, false));
                continue;
            }

            var (order, refunded, over) = orders[e.OrderId!];
            Assert.False(over, e.OrderId);
            refunded += e.Refund is null ? 0 : (long)(e.Refund.Amount ?? order.Order!.Value!.Value).Minor;
            Assert.InRange(refunded, 0, (long)order.Order!.Value!.Value.Minor);
            orders[e.OrderId!] = (order, refunded, e.Kind == EventKind.OrderCancelled || e.Refund?.Amount is null);
        }

        Assert.Contains(orders.Values, o => o.Refunded > 0 && !o.Over);
        Assert.Contains(orders.Values, o => o.Refunded == 0 && o.Over);
    }
}
