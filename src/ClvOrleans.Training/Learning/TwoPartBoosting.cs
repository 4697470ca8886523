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
        var again = BoostedTrees.Classify(BoostedRow.Of(rows, values), width, seed);
        var spend = BoostedTrees.Regress(spends, width, seed);

        // E[e^(m + ε)] = e^m E[e^ε], with the residuals of training (Duan 1983).
        var smear = spends.Average(r => Math.Exp(r.Label - spend.Score(r.Features)));
        return new Learned(again, spend, smear);
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
