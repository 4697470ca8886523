using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>Learns <see cref="TwoPartTrees"/>.</summary>
internal sealed class TwoPartBoosting : ILearner
{
    private const int LeastBuyers = 100;

    public string Name => "boosted-two-part";

    public ILearned Fit(LearningRows rows, int seed, CancellationToken cancellation = default)
    {
        var buyers = Enumerable.Range(0, rows.Count).Where(i => rows.Values[i] > 0).ToArray();
        if (buyers.Length < LeastBuyers || buyers.Length == rows.Count)
        {
            throw new FitException($"fewer than {LeastBuyers} customers bought in the windows to learn from, or all did");
        }

        var spends = BoostedRow.Of(rows.Only(buyers), [.. buyers.Select(i => Math.Log(rows.Values[i]))]);
        var (again, spend) = Boost(BoostedRow.Of(rows, rows.Values), spends, seed, cancellation);

        // E[e^(m + ε)] = e^m E[e^ε], with the residuals of training (Duan 1983).
        var smear = spends.Average(r => Math.Exp(r.Label - spend.Score(r.Features)));
        return new TwoPartTrees(again, spend, smear);
    }

    private static (TreeEnsemble Again, TreeEnsemble Spend) Boost(
        List<BoostedRow> all, List<BoostedRow> spends, int seed, CancellationToken cancellation)
    {
        try
        {
            var again = BoostedTrees.Classify(all, seed);
            cancellation.ThrowIfCancellationRequested();
            return (again, BoostedTrees.Regress(spends, seed));
        }
        catch (Exception e) when ((e.InnerException ?? e) is DllNotFoundException)
        {
            throw new FitException("LightGBM's native library or its libgomp cannot be loaded on this machine", e);
        }
    }
}
