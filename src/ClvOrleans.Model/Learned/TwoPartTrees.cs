namespace ClvOrleans.Model.Learned;

/// <summary>Whether anything is bought, and the logarithm of the value if so, both by boosted trees; the value is lognormal.</summary>
/// <param name="Again">The logarithm of the odds of a purchase.</param>
/// <param name="Spend">The mean logarithm of the value of those who buy.</param>
/// <param name="Smear">The mean of the exponential of its errors (Duan 1983).</param>
public sealed record TwoPartTrees(TreeEnsemble Again, TreeEnsemble Spend, double Smear) : ILearned
{
    /// <inheritdoc />
    public double Predict(in CustomerRow row)
    {
        Span<float> features = stackalloc float[row.Features.Length];
        TreeRow.Write(row.Features, features);
        return SpendOf(Spend.Score(features)) * ProbabilityOf(Again.Score(features));
    }

    private double SpendOf(double score) => Math.Exp(score) * Smear;

    private static double ProbabilityOf(double score) => 1 / (1 + Math.Exp(-score));
}
