using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>The article's y = Xθ on prepared features; values below zero become zero.</summary>
/// <param name="Preprocessor">Prepares the features.</param>
/// <param name="Model">θ.</param>
public sealed record LinearValue(Preprocessor Preprocessor, LinearModel Model) : ILearned
{
    /// <inheritdoc />
    public double Predict(in FeatureRow row)
    {
        Span<double> prepared = stackalloc double[Preprocessor.Width];
        Preprocessor.Apply(row.Features, prepared);
        return Math.Max(0, Model.Predict(prepared));
    }

    /// <inheritdoc />
    public double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares)
    {
        var (to, from) = Preprocessor.Explain(Model, row.Features, middle, shares);
        var baseline = Math.Max(0, from);
        Propagation.Rescale(shares, Math.Max(0, to) - baseline, to > 0 ? 1 : 0);
        return baseline;
    }
}
