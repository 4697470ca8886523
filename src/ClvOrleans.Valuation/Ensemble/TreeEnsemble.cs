namespace ClvOrleans.Valuation.Ensemble;

/// <summary>A sum of trees. Pure and safe to call from many threads.</summary>
/// <param name="Trees">The trees.</param>
/// <param name="Weights">The weight of each.</param>
/// <param name="Bias">Added to their sum.</param>
public sealed record TreeEnsemble(DecisionTree[] Trees, double[] Weights, double Bias)
{
    /// <summary>The score of a row.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        for (var i = 0; i < Trees.Length; i++)
        {
            sum += Weights[i] * Trees[i].Score(row);
        }

        return sum + Bias;
    }
}
