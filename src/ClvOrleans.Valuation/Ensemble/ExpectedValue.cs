using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>What the base buy-till-you-die model expects: a base learner like those that were learned.</summary>
public sealed record ExpectedValue : ILearned
{
    private static readonly int Column = FeatureCatalogue.IndexOf("expectedValue");

    /// <inheritdoc />
    public double Predict(in FeatureRow row) => row.Features[Column];

    /// <inheritdoc />
    public double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares)
    {
        shares[Column] = row.Features[Column] - middle[Column];
        return middle[Column];
    }
}
