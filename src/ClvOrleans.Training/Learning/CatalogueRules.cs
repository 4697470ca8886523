using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Training.Learning;

/// <summary>How features are prepared for models that are linear in them, or begin so.</summary>
internal static class CatalogueRules
{
    /// <summary>The logarithm of what has a tail, pulled in beyond four standard deviations, standardised.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="missing">What stands in for what is not known.</param>
    public static ColumnRule Of(Feature feature, MissingRule missing) => new()
    {
        Logarithm = feature.Shape == FeatureShape.Tail,
        Outlier = OutlierRule.ZScore,
        Outliers = 4,
        Missing = missing,
        Scale = ScaleRule.Standardise,
    };
}
