using ClvOrleans.Domain.Events;
using static ClvOrleans.Valuation.Features.FeatureShape;

namespace ClvOrleans.Valuation.Features;

/// <summary>
/// Visits and what was done on them. Of a store that sends purchases only, most are zero or unknown. Weeks are calendar weeks, the running
/// one counted in: the last visit is known to the day, the last of all else to its week, which is enough beside horizons of months and,
/// unlike a last day, can be told as of an earlier day too.
/// </summary>
internal static class BehaviourFeatures
{
    private static readonly int[] Weeks = [4, 13, 52];

    public static IEnumerable<Feature> All =>
    [
        Of("sessions", "", Tail, "Visits", i => i.Customer.Sessions),
        Of(
            "sessionsPerMonth", "1/month", Tail, "Visits a month since first seen",
            i => 30 * i.Customer.Sessions / (i.Since(i.Customer.FirstSeen) + 30.0)),
        Of("daysSinceSeen", "days", Tail, "Days since last seen", i => i.Since(i.Customer.LastSeen)),
        Of(
            "daysSeenBeforeBuying", "days", Tail, "Days from first seen to the first purchase",
            i => i.Customer.PurchaseDays[0].Day.DayNumber - i.Customer.FirstSeen.DayNumber),
        Of("minutesPerSession", "minutes", Tail, "Time on pages per visit", i => Per(i.Customer.Duration / 60_000.0, i.Customer.Sessions)),
        Of(
            "viewsPerSession", "", Tail, "Depth: pages, screens, lists and products viewed per visit",
            i => Per(i.Count(Kinds.Views), i.Customer.Sessions)),
        Of("productViews", "", Tail, "Products viewed", i => i.Count(EventKind.ProductViewed, EventKind.ProductClicked)),
        Of("searches", "", Tail, "Searches", i => i.Count(EventKind.ProductsSearched)),
        Of(
            "ordersPerSession", "", Level, "Orders per visit; orders without a visit count too",
            i => Per(i.Customer.Orders, i.Customer.Sessions)),
        Of("cartsLeft", "", Level, "Share of what was put into the cart without an order", i => Left(i, EventKind.ProductAdded)),
        Of("checkoutsLeft", "", Level, "Share of the checkouts without an order", i => Left(i, EventKind.CheckoutStarted)),
        Of("wishes", "", Tail, "Products put on the wish list", i => i.Count(EventKind.WishlistAdded)),
        Of("promotionClicks", "", Tail, "Promotions clicked", i => i.Count(EventKind.PromotionClicked)),
        .. Weeks.SelectMany(w => new[]
        {
            Of($"sessions{w}w", "", Tail, $"Visits in the last {w} calendar weeks", i => i.Behaviour.SessionsWithin(w)),
            Of(
                $"views{w}w", "", Tail, $"Pages, screens, lists and products viewed in the last {w} calendar weeks",
                i => i.Behaviour.Within(w, Kinds.Views)),
            Of(
                $"cartAdds{w}w", "", Tail, $"Products put into the cart in the last {w} calendar weeks",
                i => i.Behaviour.Within(w, Kinds.Carts)),
            Of(
                $"searches{w}w", "", Tail, $"Searches in the last {w} calendar weeks",
                i => i.Behaviour.Within(w, EventKind.ProductsSearched)),
        }),
        Of(
            "weeksSinceView", "weeks", Tail, "Calendar weeks since a page, screen, list or product was viewed",
            i => i.Behaviour.WeeksSince(Kinds.Views)),
        Of(
            "weeksSinceSearch", "weeks", Tail, "Calendar weeks since the last search",
            i => i.Behaviour.WeeksSince(EventKind.ProductsSearched)),
        Of(
            "weeksSinceCart", "weeks", Tail, "Calendar weeks since something was put into the cart",
            i => i.Behaviour.WeeksSince(Kinds.Carts)),
        Of(
            "weeksSinceCheckout", "weeks", Tail, "Calendar weeks since a checkout was started",
            i => i.Behaviour.WeeksSince(EventKind.CheckoutStarted)),
        Of(
            "weeksSinceWish", "weeks", Tail, "Calendar weeks since something was put on the wish list",
            i => i.Behaviour.WeeksSince(EventKind.WishlistAdded)),
        Of(
            "abandonedCarts", "", Level, "Share of the weeks with something put into the cart without an order in that week or the next",
            i => i.Behaviour.WithoutOrder(Kinds.Carts)),
        Of(
            "abandonedCarts13w", "", Level,
            "Share of the last 13 calendar weeks with something put into the cart without an order in that week or the next",
            i => i.Behaviour.WithoutOrder(13, Kinds.Carts)),
        Of(
            "abandonedCheckouts", "", Level, "Share of the weeks with a checkout started without an order in that week or the next",
            i => i.Behaviour.WithoutOrder(EventKind.CheckoutStarted)),
        Of(
            "abandonedCheckouts13w", "", Level,
            "Share of the last 13 calendar weeks with a checkout started without an order in that week or the next",
            i => i.Behaviour.WithoutOrder(13, EventKind.CheckoutStarted)),
        Of(
            "searchToOrder", "", Level, "Share of the weeks with a search with an order in that week or the next",
            i => 1 - i.Behaviour.WithoutOrder(EventKind.ProductsSearched)),
    ];

    private static double Left(FeatureInput i, EventKind kind) =>
        i.Count(kind) is > 0 and var begun ? Math.Max(0, 1 - (i.Customer.Orders / begun)) : 0;

    private static double Per(double sum, double number) => number > 0 ? sum / number : 0;

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.Behaviour, shape, meaning) { Read = read };
}
