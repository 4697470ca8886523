using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>Whether anything is bought, and the logarithm of the value if so, both by boosted trees; the value is lognormal.</summary>
/// <param name="Again">The logarithm of the odds of a purchase.</param>
/// <param name="Spend">The mean logarithm of the value of those who buy.</param>
/// <param name="Smear">The mean of the exponential of its errors (Duan 1983).</param>
public sealed record TwoPartTrees(TreeEnsemble Again, TreeEnsemble Spend, double Smear) : ILearned
{
    /// <inheritdoc />
    public double Predict(in FeatureRow row)
    {
        Span<float> features = stackalloc float[row.Features.Length];
        TreeRow.Write(row.Features, features);
        return SpendOf(Spend.Score(features)) * ProbabilityOf(Again.Score(features));
    }

    /// <inheritdoc />
    public double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares)
    {
        Span<float> to = stackalloc float[middle.Length];
        Span<float> from = stackalloc float[middle.Length];
        TreeRow.Write(row.Features, to);
        TreeRow.Write(middle, from);
        var spend = (From: SpendOf(Spend.Score(from)), To: SpendOf(Spend.Score(to)));
        var again = (From: ProbabilityOf(Again.Score(from)), To: ProbabilityOf(Again.Score(to)));
        var (bySpend, byAgain) = Propagation.OfProduct(spend, again);
        Span<double> ofAgain = stackalloc double[middle.Length];
        ofAgain.Clear();
        TreeShapley.Add(Again, to, from, ofAgain);
        Propagation.Rescale(ofAgain, byAgain, again.To * (1 - again.To) * (spend.From + spend.To) / 2);
        TreeShapley.Add(Spend, to, from, shares[..middle.Length]);
        Propagation.Rescale(shares, bySpend, spend.To * (again.From + again.To) / 2);
        for (var j = 0; j < ofAgain.Length; j++)
        {
            shares[j] += ofAgain[j];
        }

        return spend.From * again.From;
    }

    private double SpendOf(double score) => Math.Exp(score) * Smear;

    private static double ProbabilityOf(double score) => 1 / (1 + Math.Exp(-score));
}
