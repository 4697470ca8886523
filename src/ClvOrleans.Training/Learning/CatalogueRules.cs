using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Training.Learning;

/// <summary>How features are prepared for models that are linear in them, or begin so.</summary>
internal static class CatalogueRules
{
    // ln(1 + days) makes as much of the first day as of the last half of the first month, and hardly a customer to learn from was seen on
    // the day itself: whoever looked at a page was worth more, and a day later no longer. In months it is nearly straight there.
    private const string Visit = "daysSinceSeen";
    private const double Month = 30;

    /// <summary>The logarithm of what has a tail, pulled in beyond four standard deviations, standardised.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="missing">What stands in for what is not known.</param>
    public static ColumnRule Of(Feature feature, MissingRule missing) => new()
    {
        Logarithm = feature.Shape == FeatureShape.Tail,
        LogarithmUnit = feature.Name == Visit ? Month : null,
        Outlier = OutlierRule.ZScore,
        Outliers = 4,
        Missing = missing,
        Scale = ScaleRule.Standardise,
    };
}
