using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>Learns the weights of a <see cref="StackingWeights"/>.</summary>
internal static class StackingFit
{
    /// <summary>
    /// How many independent windows the belief counts for that all models are as good: a window is one draw of a season and of a store's
    /// fortune, however many customers are in it.
    /// </summary>
    private const double PriorWindows = 3;

    private const int Rounds = 200;

    /// <summary>Learns the weights.</summary>
    /// <param name="said">What each model said of customers that it had not learned from.</param>
    /// <param name="values">What came.</param>
    /// <param name="windows">Windows that do not overlap.</param>
    public static StackingWeights Of(IReadOnlyList<double[]> said, double[] values, double windows)
    {
        var means = said.Select(s => Math.Max(1e-9, s.Average())).ToArray();
        var mean = values.Average();
        var roots = said.Select((s, m) => s.Select(v => Math.Sqrt(v / means[m])).ToArray()).ToArray();
        var target = values.Select(v => Math.Sqrt(v / mean)).ToArray();
        var stacked = Stack(roots, target);
        var equal = 1.0 / said.Count;
        return new StackingWeights(
            [.. stacked.Select(w => ((w * windows) + (equal * PriorWindows)) / (windows + PriorWindows))], [.. means]);
    }

    // Non-negative least squares by coordinates (Breiman 1996), scaled to sum to 1.
    private static double[] Stack(double[][] roots, double[] target)
    {
        var products = roots.Select(a => roots.Select(b => Product(a, b)).ToArray()).ToArray();
        var aims = roots.Select(a => Product(a, target)).ToArray();
        var weights = Enumerable.Repeat(1.0 / roots.Length, roots.Length).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var m = 0; m < weights.Length; m++)
            {
                var rest = aims[m];
                for (var other = 0; other < weights.Length; other++)
                {
                    rest -= other == m ? 0 : products[m][other] * weights[other];
                }

                weights[m] = products[m][m] > 0 ? Math.Max(0, rest / products[m][m]) : 0;
            }
        }

        var sum = weights.Sum();
        return sum > 0 ? [.. weights.Select(w => w / sum)] : [.. weights.Select(_ => 1.0 / weights.Length)];
    }

    private static double Product(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
