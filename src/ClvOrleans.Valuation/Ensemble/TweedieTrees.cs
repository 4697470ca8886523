using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>The value in one piece, zeros and all, by boosted trees on Tweedie's deviance.</summary>
/// <param name="Trees">The logarithm of the mean, in units of <paramref name="Scale"/>.</param>
/// <param name="Scale">The mean value of those who were learned from.</param>
public sealed record TweedieTrees(TreeEnsemble Trees, double Scale) : ILearned
{
    private const double Reach = 20;

    /// <inheritdoc />
    public double Predict(in FeatureRow row)
    {
        Span<float> features = stackalloc float[row.Features.Length];
        TreeRow.Write(row.Features, features);
        return ValueOf(Trees.Score(features));
    }

    /// <inheritdoc />
    public double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares)
    {
        Span<float> to = stackalloc float[middle.Length];
        Span<float> from = stackalloc float[middle.Length];
        TreeRow.Write(row.Features, to);
        TreeRow.Write(middle, from);
        TreeShapley.Add(Trees, to, from, shares[..middle.Length]);
        var (value, baseline) = (ValueOf(Trees.Score(to)), ValueOf(Trees.Score(from)));
        Propagation.Rescale(shares, value - baseline, value);
        return baseline;
    }

    private double ValueOf(double score) => Scale * Math.Exp(Math.Clamp(score, -Reach, Reach));
}
