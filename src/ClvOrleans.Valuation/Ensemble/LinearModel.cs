using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>y = θ₀ + X θ: the article's linear formula. Pure and safe to call from many threads.</summary>
/// <param name="Intercept">θ₀.</param>
/// <param name="Weights">θ, a weight a column.</param>
public sealed record LinearModel(double Intercept, ImmutableArray<double> Weights)
{
    /// <summary>The value of a row. <exception cref="ArgumentException">It has another number of columns.</exception></summary>
    public double Predict(ReadOnlySpan<double> row)
    {
        if (row.Length != Weights.Length)
        {
            throw new ArgumentException($"A row of {Weights.Length} numbers was expected, not of {row.Length}.", nameof(row));
        }

        var sum = Intercept;
        for (var j = 0; j < row.Length; j++)
        {
            sum += Weights[j] * row[j];
        }

        return sum;
    }
}
