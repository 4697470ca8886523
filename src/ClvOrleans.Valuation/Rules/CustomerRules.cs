using System.Collections.Immutable;
using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Rfm;
using ClvOrleans.Valuation.Segments;
using static ClvOrleans.Valuation.Rules.RuleExpressions;

namespace ClvOrleans.Valuation.Rules;

/// <summary>
/// What rules may ask of a store's customers: the estimate, the past, days, categories, counts of events, and the features of models.
/// </summary>
public static class CustomerRules
{
    /// <summary>The field that holds the own segments of a customer; a rule of a segment may ask only for named ones.</summary>
    public const string SegmentsField = "segments";

    /// <summary>The longest window that is asked for, in days: ten years.</summary>
    public const int MostDays = 3_650;

    private const double Millionths = 1e6;

    // Without an event they stay.
    private static readonly HashSet<string> Still = new(StringComparer.Ordinal)
    {
        "purchaseDays", "ordersPerDay", "spend", "meanValue", "firstValue", "lastValue", "largestValue", "meanGap", "gapVariation",
        "lastGap", "longestGap", "refundedOrders", "refundedShare", "couponShare", "discountShare", "sessions", "daysSeenBeforeBuying",
        "minutesPerSession", "viewsPerSession", "productViews", "searches", "ordersPerSession", "cartsLeft", "checkoutsLeft", "wishes",
        "promotionClicks", "products", "productsPerOrder", "valuePerProduct", "priceLevel", "reviews", "meanRating", "shares", "messages",
        "messageOpens", "messageClicks", "clickShare", "purchaseDaysSinceMessage", "refusedPurposes",
    };

    // Silence grows, and what happened within the last weeks ages out of them.
    private static readonly HashSet<string> OneWay = new(StringComparer.Ordinal)
    {
        "tenure", "recency", "recencyShare", "overdue", "sessionsPerMonth", "daysSinceSeen", "weeksSinceView", "weeksSinceSearch",
        "weeksSinceCart", "weeksSinceCheckout", "weeksSinceWish", "weeksSinceSocial", "social13w", "social52w",
        "purchaseDays4w", "purchaseDays8w", "purchaseDays13w", "purchaseDays26w", "purchaseDays52w",
        "spend4w", "spend8w", "spend13w", "spend26w", "spend52w",
        "sessions4w", "sessions13w", "sessions52w", "views4w", "views13w", "views52w",
        "cartAdds4w", "cartAdds13w", "cartAdds52w", "searches4w", "searches13w", "searches52w",
    };

    /// <summary>The schema of a store that keeps this currency.</summary>
    public static RuleSchema<CustomerFacts> For(Currency currency) => new(currency, [.. Fields, .. FeatureFields], Functions);

    private static ImmutableArray<RuleField<CustomerFacts>> Fields { get; } =
    [
        Any("predictedValue", "Predicted value within the horizon", OfMoney<CustomerFacts>(c => Minor(c.Contribution.Sums.Predicted))),
        new("historicValue", "Value of the past, net of refunds", OfMoney<CustomerFacts>(c => Minor(c.Contribution.Sums.Historic))),
        new("historicMargin", "Margin of the past", OfMoney<CustomerFacts>(c => Minor(c.Contribution.Sums.HistoricMargin))),
        Any("revenueAtRisk", "Value if they have not left, times the probability that they have", OfMoney<CustomerFacts>(AtRisk)),
        new("pAlive", "The probability of not having left for good; not known before a purchase", OfNumber<CustomerFacts>(Alive))
        {
            Path = TimePath.WithAlive,
        },
        Any("expectedPurchaseDays", "Expected days with a purchase within the horizon", OfNumber<CustomerFacts>(ExpectedDays)),
        new("orders", "Orders that count", OfNumber<CustomerFacts>(c => c.Contribution.Sums.Orders)),
        new("lifecycle", "prospect, new, active, cooling, at-risk or lost", OfText<CustomerFacts>(LifecycleOf))
        {
            Path = TimePath.WithAlive,
        },
        Fading("rfm", "Scores of recency, frequency and money, such as 5-4-5", OfText<CustomerFacts>(c => c.Contribution.Rfm?.ToString())),
        Fading("rfmGroup", "The group of the scores, such as champions or hibernating", OfText<CustomerFacts>(GroupOf)),
        Fading("recencyScore", "5 for the fifth who bought last, to 1", ScoreOf(s => s.Recency)),
        new("frequencyScore", "5 for the fifth with the most orders, to 1", ScoreOf(s => s.Frequency)),
        new("monetaryScore", "5 for the fifth who spent the most, to 1", ScoreOf(s => s.Monetary)),
        Fading("cluster", "The cluster of the customer by id, such as c3", OfText<CustomerFacts>(c => c.Contribution.Cluster?.ToString())),
        new("kind", "customer for one known by a user id, visitor for an anonymous one", OfText<CustomerFacts>(KindOf)),
        new("today", "Today, by the store's calendar", OfTime<CustomerFacts>(c => c.Today)) { Path = TimePath.OneWay },
        new("firstSeen", "Day of the first event", OfTime<CustomerFacts>(c => c.Summary.FirstSeen)),
        new("lastSeen", "Day of the latest event", OfTime<CustomerFacts>(c => c.Summary.LastSeen)),
        new("firstPurchase", "Day of the first purchase", OfTime<CustomerFacts>(c => c.Summary.PurchaseDays is [var d, ..] ? d.Day : null)),
        new("lastPurchase", "Day of the last purchase", OfTime<CustomerFacts>(c => c.Summary.PurchaseDays is [.., var d] ? d.Day : null)),
        new("lastRating", "Last rating given, or told from words (stars)", OfNumber<CustomerFacts>(LastRating)),
        new("categories", "Categories bought", OfSet<CustomerFacts>(c => c.Categories)),
        new("consents", "What the customer has consented to: channels, topics, marketing", OfSet<CustomerFacts>(c => c.Consents)),
        new("lists", "Lists that the customer is on", OfSet<CustomerFacts>(c => c.Summary.Lists)),
        new(SegmentsField, "Own segments that the customer is in", OfSet<CustomerFacts>(c => c.Segments)),
    ];

    // A name of a field above is not offered again; money per week is an amount too.
    private static ImmutableArray<RuleField<CustomerFacts>> FeatureFields { get; } =
    [
        .. from feature in FeatureCatalogue.All
           where feature.Group is not (FeatureGroup.Market or FeatureGroup.BuyTillYouDie) && !Fields.Any(f => f.Name == feature.Name)
           select new RuleField<CustomerFacts>(feature.Name, MeaningOf(feature), ReaderOf(feature)) { Path = PathOf(feature.Name) },
    ];

    private static ImmutableArray<RuleFunction<CustomerFacts>> Functions { get; } =
    [
        new("count", "How often an event happened", CountOf) { Example = nameof(EventKind.ProductViewed) },
        Window("ordersWithin", "Orders of the last days", w => OfNumber<CustomerFacts>(c => c.Within(w).Orders)),
        Window("purchaseDaysWithin", "Days with a purchase of the last days", w => OfNumber<CustomerFacts>(c => c.Within(w).Days)),
        Window("spendWithin", "Value of the purchases of the last days", w => OfMoney<CustomerFacts>(c => c.Within(w).Value)),
        new("trait", "What is known of the person", TraitOf) { Example = "country" },
        new("bucket", "A random number from 0 to 100 that a customer keeps; below 10 for a tenth of them", BucketOf) { Example = "a" },
    ];

    private static RuleField<CustomerFacts> Any(string name, string meaning, RuleExpression<CustomerFacts> expression) =>
        new(name, meaning, expression) { Path = TimePath.Any };

    private static RuleField<CustomerFacts> Fading(string name, string meaning, RuleExpression<CustomerFacts> expression) =>
        new(name, meaning, expression) { Path = TimePath.OneWay };

    private static TimePath PathOf(string feature) =>
        Still.Contains(feature) ? TimePath.Still : OneWay.Contains(feature) ? TimePath.OneWay : TimePath.Any;

    private static double LastRating(CustomerFacts customer) => customer.Summary.LastRating / 100.0 ?? double.NaN;

    private static double Minor(Money money) => (double)money.Minor;

    private static double AtRisk(CustomerFacts customer) => Minor(customer.Contribution.Sums.AtRisk);

    private static string KindOf(CustomerFacts customer) => customer.Customer.Kind == CustomerKind.Customer ? "customer" : "visitor";

    private static double Alive(CustomerFacts customer) =>
        customer.Contribution is { Cell.Lifecycle: not Lifecycle.Prospect, Sums.Alive: var alive } ? alive / Millionths : double.NaN;

    private static double ExpectedDays(CustomerFacts customer) => (double)customer.Contribution.Sums.ExpectedOrders / Millionths;

    private static string? LifecycleOf(CustomerFacts customer) =>
        customer.Contribution.Cell is { } cell ? SegmentNames.Format(cell.Lifecycle) : null;

    private static RuleExpression<CustomerFacts> ScoreOf(Func<RfmScore, byte> read) =>
        OfNumber<CustomerFacts>(c => c.Contribution.Rfm is { } score ? read(score) : double.NaN);

    private static string? GroupOf(CustomerFacts customer) =>
        customer.Contribution.Rfm is { } score ? RfmGroups.Format(RfmGroups.Of(score)) : null;

    private static string MeaningOf(Feature feature) => feature.Unit.Length == 0 ? feature.Meaning : $"{feature.Meaning} ({feature.Unit})";

    private static RuleExpression<CustomerFacts> ReaderOf(Feature feature) => feature.Unit.StartsWith("money", StringComparison.Ordinal)
        ? OfMoney<CustomerFacts>(c => c.Read(feature))
        : OfNumber<CustomerFacts>(c => c.Read(feature));

    private static RuleExpression<CustomerFacts> CountOf(string name) =>
        Enum.TryParse<EventKind>(name, out var kind) && kind.ToString() == name
            ? OfNumber<CustomerFacts>(c => c.Summary.Counts.GetValueOrDefault(kind))
            : throw new FormatException($"There is no kind of event '{name}'. There are {string.Join(", ", Enum.GetNames<EventKind>())}.");

    private static RuleExpression<CustomerFacts> TraitOf(string name) => TraitNames.All.Contains(name)
        ? OfText<CustomerFacts>(c => c.Summary.Traits.GetValueOrDefault(name))
        : throw new FormatException($"There is no trait '{name}'. There are {string.Join(", ", TraitNames.All)}.");

    private static RuleFunction<CustomerFacts> Window(string name, string meaning, Func<int, RuleExpression<CustomerFacts>> make) =>
        new(name, meaning, text => OfWindow(text, make)) { Example = "30d", Path = TimePath.OneWay };

    private static RuleExpression<CustomerFacts> OfWindow(string text, Func<int, RuleExpression<CustomerFacts>> make) =>
        text is [.. var digits, 'd'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is > 0 and <= MostDays
            ? make(days)
            : throw new FormatException($"'{text}' is not a number of days: write '30d', from '1d' to '{MostDays}d'.");

    private static RuleExpression<CustomerFacts> BucketOf(string salt) => salt.Length > 0
        ? OfNumber<CustomerFacts>(c => RandomBucket.Of(salt, c.Customer))
        : throw new FormatException("A bucket needs a name, such as bucket('a'): customers are dealt anew for each name.");
}
