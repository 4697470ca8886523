using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// A weighted mean of several models' values, each over its own mean, on the scale of square roots: between the mean of values, which the
/// greatest customers decide, and the mean of logarithms, which the least do.
/// </summary>
/// <param name="Weights">A weight a model, at least 0; they sum to 1.</param>
/// <param name="Means">The mean of each model's values.</param>
public sealed record StackingWeights(ImmutableArray<double> Weights, ImmutableArray<double> Means)
{
    /// <summary>The score of a customer: near 1 on average.</summary>
    /// <param name="said">What each model says.</param>
    public double Score(ReadOnlySpan<double> said)
    {
        var sum = 0.0;
        for (var m = 0; m < said.Length; m++)
        {
            sum += Root(m, said[m]);
        }

        return sum * sum;
    }

    /// <summary>What a model adds to the square root of the score.</summary>
    internal double Root(int model, double said) => Weights[model] * Math.Sqrt(said / Means[model]);
}
