using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What is known of a customer, in the groups of features that models read.</summary>
internal sealed record FeatureGroups
{
    /// <summary>Purchases and refunds.</summary>
    public required IReadOnlyList<Feature> Transaction { get; init; }

    /// <summary>Visits and browsing.</summary>
    public required IReadOnlyList<Feature> Behaviour { get; init; }

    /// <summary>Products, discounts and wishes.</summary>
    public required IReadOnlyList<Feature> Product { get; init; }

    /// <summary>Reviews and shares.</summary>
    public required IReadOnlyList<Feature> Social { get; init; }

    /// <summary>The store's market today.</summary>
    public required IReadOnlyList<Feature> Market { get; init; }

    /// <summary>Number of events by kind.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    public static FeatureGroups Of(CustomerSummary customer, MarketFeatures market, StoreSettings store, DateOnly today)
    {
        var (days, currency) = (customer.PurchaseDays, store.Currency);
        var lately = new BehaviourPattern(customer, today);
        return new FeatureGroups
        {
            Transaction =
            [
                new("orders", "Purchases", customer.Orders),
                new("purchaseDays", "Days with purchases", days.Length),
                Sum("grossValue", "Value before refunds", customer.Gross),
                Sum("netValue", "Value after refunds", customer.Net),
                Sum("margin", "Margin kept", customer.MarginAt(store.MarginBasisPoints)),
                new(
                    "averageOrderValue", "Average value of a purchase",
                    customer.Orders == 0
                        ? null
                        : decimal.Round(currency.ToMajor(customer.Gross) / customer.Orders, currency.Decimals), currency.Code),
                new("daysSinceFirstOrder", "Days since the first purchase", days.Length == 0 ? null : Since(days[0].Day), "days"),
                new("daysSinceLastOrder", "Days since the last purchase", days.Length == 0 ? null : Since(days[^1].Day), "days"),
                new(
                    "averageDaysBetweenOrders", "Average days between purchases",
                    days.Length < 2
                        ? null
                        : decimal.Round((decimal)(days[^1].Day.DayNumber - days[0].Day.DayNumber) / (days.Length - 1), 1), "days"),
                new("refundedOrders", "Purchases with a refund", customer.RefundedOrders),
                Sum("credits", "Credit notes", customer.Credits),
            ],
            Behaviour =
            [
                new("sessions", "Visits", customer.Sessions),
                new("pageViews", "Pages and screens viewed", Count(EventKind.PageViewed, EventKind.ScreenViewed)),
                new("timeOnPages", "Time on pages", decimal.Round(customer.Duration / 60_000m, 1), "minutes"),
                new("productViews", "Products viewed", Count(EventKind.ProductViewed, EventKind.ProductClicked)),
                new("searches", "Searches", Count(EventKind.ProductsSearched)),
                new("cartAdditions", "Products put into the cart", Count(EventKind.ProductAdded)),
                new("checkouts", "Checkouts started", Count(EventKind.CheckoutStarted)),
                new("daysSinceFirstSeen", "Days since first seen", Since(customer.FirstSeen), "days"),
                new("daysSinceLastSeen", "Days since last seen", Since(customer.LastSeen), "days"),
                new("sessions13w", "Visits in the last 13 weeks", lately.SessionsWithin(13)),
                new("views13w", "Pages and products viewed in the last 13 weeks", lately.Within(13, Kinds.Views)),
                new("cartAdds13w", "Products put into the cart in the last 13 weeks", lately.Within(13, Kinds.Carts)),
                new("searches13w", "Searches in the last 13 weeks", lately.Within(13, EventKind.ProductsSearched)),
                Weeks("weeksSinceView", "Weeks since something was viewed", lately.WeeksSince(Kinds.Views)),
                Weeks("weeksSinceSearch", "Weeks since the last search", lately.WeeksSince(EventKind.ProductsSearched)),
                Weeks("weeksSinceCart", "Weeks since something was put into the cart", lately.WeeksSince(Kinds.Carts)),
                Weeks("weeksSinceCheckout", "Weeks since a checkout was started", lately.WeeksSince(EventKind.CheckoutStarted)),
                Part("abandonedCarts", "Share of the weeks with a cart that ended without an order", lately.WithoutOrder(Kinds.Carts)),
                Part(
                    "abandonedCheckouts", "Share of the weeks with a checkout that ended without an order",
                    lately.WithoutOrder(EventKind.CheckoutStarted)),
            ],
            Product =
            [
                new("products", "Different products bought", customer.Products),
                new("categories", "Different categories seen or bought", customer.Categories),
                new("couponOrders", "Purchases with a coupon", customer.CouponOrders),
                Sum("discounts", "Discounts received", customer.Discounts),
                new("wishes", "Products put on the wish list", Count(EventKind.WishlistAdded)),
            ],
            Social =
            [
                new("reviews", "Reviews written", Count(EventKind.ProductReviewed)),
                new("meanRating", "Average rating given", customer.MeanRating / 100m, "stars"),
                new("lastRating", "Last rating given", customer.LastRating / 100m, "stars"),
                new("shares", "Products and carts shared", Count(EventKind.ProductShared, EventKind.CartShared)),
                Weeks("weeksSinceSocial", "Weeks since the last review or share", lately.WeeksSince(Kinds.Social)),
            ],
            Market =
            [
                new("promotion", "Promotion today", (decimal)market.Promotion, "strength"),
                new("season", "Season today", (decimal)market.Season, "strength"),
                new("competitor", "Competitors today", (decimal)market.Competitor, "strength"),
                new("daysSinceMarketEntry", "Days since the last market entry", market.DaysSinceLast, "days"),
                new("daysUntilMarketEntry", "Days until the next market entry", market.DaysUntilNext, "days"),
            ],
            Counts = customer.Counts.ToDictionary(c => c.Key.ToString(), c => c.Value),
        };

        Feature Sum(string name, string title, Money money) => new(name, title, currency.ToMajor(money), currency.Code);

        static Feature Weeks(string name, string title, double weeks) =>
            new(name, title, double.IsNaN(weeks) ? null : (decimal)weeks, "weeks");

        static Feature Part(string name, string title, double part) =>
            new(name, title, double.IsNaN(part) ? null : decimal.Round((decimal)part, 4));

        int Count(params ReadOnlySpan<EventKind> kinds)
        {
            var count = 0;
            foreach (var kind in kinds)
            {
                count += customer.Counts.GetValueOrDefault(kind);
            }

            return count;
        }

        int Since(DateOnly day) => today.DayNumber - day.DayNumber;
    }
}
