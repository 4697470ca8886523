namespace ClvOrleans.Valuation.Features;

/// <summary>How far a feature has moved from the training data.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Stability">Population stability index; 0 where nothing has moved.</param>
/// <param name="Limit">Above this it has shifted: .25, more for few buyers.</param>
public sealed record FeatureDrift(string Feature, double Stability, double Limit)
{
    /// <summary>Whether it has shifted.</summary>
    public bool HasShifted => Stability > Limit;
}
