using ClvOrleans.Domain.Events;
using static ClvOrleans.Valuation.Features.FeatureShape;

namespace ClvOrleans.Valuation.Features;

/// <summary>
/// What was said to others. The tracking specification has no like; the wish list, which is nearest to one, is behaviour.
/// </summary>
internal static class SocialFeatures
{
    public static IEnumerable<Feature> All =>
    [
        Of("reviews", "", Tail, "Reviews written", i => i.Count(EventKind.ProductReviewed)),
        Of("meanRating", "stars", Level, "Mean rating given", i => i.Customer.MeanRating / 100.0 ?? double.NaN),
        Of("shares", "", Tail, "Products and carts shared", i => i.Count(EventKind.ProductShared, EventKind.CartShared)),
        Of("social13w", "", Tail, "Reviews and shares in the last 13 calendar weeks", i => i.Behaviour.Within(13, Kinds.Social)),
        Of("social52w", "", Tail, "Reviews and shares in the last 52 calendar weeks", i => i.Behaviour.Within(52, Kinds.Social)),
        Of("weeksSinceSocial", "weeks", Tail, "Calendar weeks since the last review or share", i => i.Behaviour.WeeksSince(Kinds.Social)),
    ];

    /// <summary>What came after the catalogue had more groups.</summary>
    public static IEnumerable<Feature> Later =>
    [
        Of("lastRating", "stars", Level, "Last rating given", i => i.Customer.LastRating / 100.0 ?? double.NaN),
    ];

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.Social, shape, meaning) { Read = read };
}
