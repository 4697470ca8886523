using static ClvOrleans.Valuation.Features.FeatureShape;

namespace ClvOrleans.Valuation.Features;

/// <summary>Purchases: how often, how regularly, of what value, how lately.</summary>
internal static class TransactionFeatures
{
    private static readonly int[] Weeks = [4, 8, 13, 26, 52];

    public static IEnumerable<Feature> All =>
    [
        Of("purchaseDays", "", Tail, "Days with a purchase", i => i.Purchases.Count),
        Of("ordersPerDay", "", Level, "Orders on a day with a purchase", i => (double)i.Customer.Orders / i.Purchases.Count),
        Of("tenure", "days", Tail, "Days since the first purchase", i => i.Purchases.Tenure),
        Of("recency", "days", Tail, "Days since the last purchase", i => i.Purchases.Recency),
        Of(
            "recencyShare", "", Level, "Days since the last purchase as a part of the days since the first",
            i => i.Purchases.Recency / (i.Purchases.Tenure + 7.0)),
        Of("spend", "money", Tail, "Value of all purchases", i => i.Purchases.Value),
        Of("meanValue", "money", Tail, "Mean value of a day with a purchase", i => i.Purchases.MeanValue),
        Of("firstValue", "money", Tail, "Value of the first day with a purchase", i => i.Purchases.FirstValue),
        Of("lastValue", "money", Tail, "Value of the last day with a purchase", i => i.Purchases.LastValue),
        Of("largestValue", "money", Tail, "Value of the greatest day with a purchase", i => i.Purchases.Largest),
        Of("meanGap", "days", Tail, "Mean days between purchases", i => i.Purchases.MeanGap),
        Of(
            "gapVariation", "", Level, "Irregularity: standard deviation of the days between purchases over their mean",
            i => i.Purchases.GapVariation),
        Of("lastGap", "days", Tail, "Days between the last two purchases", i => i.Purchases.LastGap),
        Of("longestGap", "days", Tail, "The most days between two purchases", i => i.Purchases.LongestGap),
        Of(
            "overdue", "", Tail, "Days since the last purchase over the mean days between purchases",
            i => i.Purchases.Recency / i.Purchases.MeanGap),
        Of("activeMonths", "", Tail, "Periods of 28 days with a purchase", i => i.Purchases.ActiveMonths()),
        Of("spendLastSeason", "money", Tail, "Value of purchases within the horizon from this day a year ago on", LastSeason),
        .. Weeks.SelectMany(w => new[]
        {
            Of($"purchaseDays{w}w", "", Tail, $"Days with a purchase in the last {w} weeks", i => i.Purchases.Within(7 * w).Count),
            Of($"spend{w}w", "money", Tail, $"Value of purchases in the last {w} weeks", i => i.Purchases.Within(7 * w).Value),
        }),
        .. Weeks.Where(w => w is 4 or 13 or 52).SelectMany(w => new[]
        {
            Of(
                $"rateFading{w}w", "1/week", Tail, $"Repeat purchase days a week, fading by half in {w} weeks",
                i => i.Purchases.Fading(7 * w).Orders),
            Of(
                $"spendFading{w}w", "money/week", Tail, $"Value of repeat purchases a week, fading by half in {w} weeks",
                i => i.Purchases.Fading(7 * w).Value),
        }),
        Of("refundedOrders", "", Tail, "Orders with a refund", i => i.Customer.RefundedOrders),
        Of(
            "refundedShare", "", Level, "Share of the value that was refunded or credited",
            i => Share(i.Purchases.Value - (double)i.Customer.Net.Minor, i.Purchases.Value)),
        Of("couponShare", "", Level, "Share of the orders with a coupon", i => (double)i.Customer.CouponOrders / i.Customer.Orders),
        Of(
            "discountShare", "", Level, "Discounts as a part of the value before them",
            i => Share((double)i.Customer.Discounts.Minor, i.Purchases.Value + (double)i.Customer.Discounts.Minor)),
    ];

    private static double LastSeason(FeatureInput i)
    {
        var start = i.AsOf.DayNumber - 365;
        return i.Customer.PurchaseDays[0].Day.DayNumber > start
            ? double.NaN
            : i.Purchases.Between(start, Math.Min(start + i.Horizon.Days, i.AsOf.DayNumber)).Value;
    }

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.Transaction, shape, meaning) { Read = read };
}
