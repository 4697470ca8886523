using ClvOrleans.Model.Learned;
using ClvOrleans.Model.Lifetime;

namespace ClvOrleans.Training.Learning;

/// <summary>Whether anything is bought, and the logarithm of the value if so, both by boosted trees; the value is lognormal.</summary>
internal sealed class TwoPartBoosting : ILearner
{
    private const int LeastBuyers = 100;

    public string Name => "boosted-two-part";

    public ILearned Fit(double[] rows, double[] values, int seed)
    {
        var width = rows.Length / values.Length;
        var buyers = Enumerable.Range(0, values.Length).Where(i => values[i] > 0).ToArray();
        if (buyers.Length < LeastBuyers || buyers.Length == values.Length)
        {
            throw new FitException($"fewer than {LeastBuyers} customers bought in the windows to learn from, or all did");
        }

        var spends = BoostedRow.Of([.. buyers.SelectMany(i => rows.AsSpan(i * width, width).ToArray())], [.. buyers.Select(i => Math.Log(values[i]))]);
        var (again, spend) = Boost(BoostedRow.Of(rows, values), spends, width, seed);

        // E[e^(m + ε)] = e^m E[e^ε], with the residuals of training (Duan 1983).
        var smear = spends.Average(r => Math.Exp(r.Label - spend.Score(r.Features)));
        return new Learned(again, spend, smear);
    }

    private static (TreeEnsemble Again, TreeEnsemble Spend) Boost(List<BoostedRow> all, List<BoostedRow> spends, int width, int seed)
    {
        try
        {
            return (BoostedTrees.Classify(all, width, seed), BoostedTrees.Regress(spends, width, seed));
        }
        catch (Exception e) when ((e.InnerException ?? e) is DllNotFoundException)
        {
            throw new FitException("LightGBM's native library or its libgomp cannot be loaded on this machine", e);
        }
    }

    private sealed class Learned(TreeEnsemble again, TreeEnsemble spend, double smear) : ILearned
    {
        public double Predict(ReadOnlySpan<double> row)
        {
            Span<float> features = stackalloc float[row.Length];
            BoostedRow.Write(row, features);
            return Math.Exp(spend.Score(features)) * smear / (1 + Math.Exp(-again.Score(features)));
        }
    }
}
