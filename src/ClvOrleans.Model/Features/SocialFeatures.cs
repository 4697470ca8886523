using ClvOrleans.Model.Events;
using static ClvOrleans.Model.Features.FeatureShape;

namespace ClvOrleans.Model.Features;

/// <summary>What was said to others.</summary>
internal static class SocialFeatures
{
    public static IEnumerable<Feature> All =>
    [
        Of("reviews", "", Tail, "Reviews written", i => i.Count(EventKind.ProductReviewed)),
        Of("meanRating", "stars", Level, "Mean rating given", i => i.Customer.MeanRating / 100.0 ?? double.NaN),
        Of("shares", "", Tail, "Products and carts shared", i => i.Count(EventKind.ProductShared, EventKind.CartShared)),
    ];

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.Social, shape, meaning) { Read = read };
}
