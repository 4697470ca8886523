using ClvOrleans.Model.Events;
using static ClvOrleans.Model.Features.FeatureShape;

namespace ClvOrleans.Model.Features;

/// <summary>Visits and what was done on them. Of a store that sends purchases only, most are zero.</summary>
internal static class BehaviourFeatures
{
    public static IEnumerable<Feature> All =>
    [
        Of("sessions", "", Tail, "Visits", i => i.Customer.Sessions),
        Of("sessionsPerMonth", "1/month", Tail, "Visits a month since first seen", i => 30 * i.Customer.Sessions / (i.Since(i.Customer.FirstSeen) + 30.0)),
        Of("daysSinceSeen", "days", Tail, "Days since last seen", i => i.Since(i.Customer.LastSeen)),
        Of("daysSeenBeforeBuying", "days", Tail, "Days from first seen to the first purchase", i => i.Customer.PurchaseDays[0].Day.DayNumber - i.Customer.FirstSeen.DayNumber),
        Of("minutesPerSession", "minutes", Tail, "Time on pages a visit", i => Per(i.Customer.Duration / 60_000.0, i.Customer.Sessions)),
        Of("viewsPerSession", "", Tail, "Depth: pages, screens, lists and products viewed a visit", i => Per(Views(i), i.Customer.Sessions)),
        Of("productViews", "", Tail, "Products viewed", i => i.Count(EventKind.ProductViewed, EventKind.ProductClicked)),
        Of("searches", "", Tail, "Searches", i => i.Count(EventKind.ProductsSearched)),
        Of("ordersPerSession", "", Level, "Part of the visits that end with an order", i => Per(i.Customer.Orders, i.Customer.Sessions)),
        Of("cartsLeft", "", Level, "Part of what was put into the cart for which there is no order", i => Left(i, EventKind.ProductAdded)),
        Of("checkoutsLeft", "", Level, "Part of the checkouts for which there is no order", i => Left(i, EventKind.CheckoutStarted)),
        Of("wishes", "", Tail, "Products put on the wish list", i => i.Count(EventKind.WishlistAdded)),
        Of("promotionClicks", "", Tail, "Promotions clicked", i => i.Count(EventKind.PromotionClicked)),
    ];

    private static double Views(FeatureInput i) => i.Count(
        EventKind.PageViewed, EventKind.ScreenViewed, EventKind.ProductListViewed, EventKind.ProductViewed, EventKind.ProductClicked);

    private static double Left(FeatureInput i, EventKind kind) =>
        i.Count(kind) is > 0 and var begun ? Math.Max(0, 1 - (i.Customer.Orders / begun)) : 0;

    private static double Per(double sum, double number) => number > 0 ? sum / number : 0;

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.Behaviour, shape, meaning) { Read = read };
}
