namespace ClvOrleans.Valuation.Features;

/// <summary>How a feature is spread, which decides how linear models and nets read it.</summary>
public enum FeatureShape
{
    /// <summary>A share, a score or a signed number: taken as it is.</summary>
    Level,

    /// <summary>At least 0 with a long tail, such as counts, days and money: its logarithm says more.</summary>
    Tail,
}
