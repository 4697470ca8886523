using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// p-values of several comparisons, adjusted so that each may be held against the level as if it were alone. Of twenty segments without any
/// effect one is "significant" at 5 % by chance.
/// </summary>
public static class Multiplicity
{
    /// <summary>
    /// Holm's step-down adjustment (1979): the probability of any false finding stays below the level, whatever the dependence.
    /// </summary>
    /// <param name="pValues">p-values, 0 to 1.</param>
    /// <returns>Adjusted p-values, in the order given.</returns>
    /// <exception cref="ArgumentException">A p-value is not from 0 to 1.</exception>
    public static ImmutableArray<double> Holm(IReadOnlyList<double> pValues)
    {
        var order = Order(pValues);
        var adjusted = new double[pValues.Count];
        var worst = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            worst = Math.Max(worst, Math.Min(1, (order.Length - i) * pValues[order[i]]));
            adjusted[order[i]] = worst;
        }

        return [.. adjusted];
    }

    /// <summary>
    /// The step-up adjustment of Benjamini and Hochberg (1995): of the findings, a share below the level is false on average, if the
    /// comparisons are independent or depend positively.
    /// </summary>
    /// <inheritdoc cref="Holm" />
    public static ImmutableArray<double> BenjaminiHochberg(IReadOnlyList<double> pValues)
    {
        var order = Order(pValues);
        var adjusted = new double[pValues.Count];
        var best = 1.0;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            best = Math.Min(best, pValues[order[i]] * order.Length / (i + 1));
            adjusted[order[i]] = best;
        }

        return [.. adjusted];
    }

    private static int[] Order(IReadOnlyList<double> pValues) => pValues.All(p => p is >= 0 and <= 1)
        ? [.. Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i])]
        : throw new ArgumentException("A p-value lies from 0 to 1.", nameof(pValues));
}
