using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>Learns <see cref="TweedieTrees"/>.</summary>
internal sealed class TweedieBoosting : ILearner
{
    public string Name => "boosted-tweedie";

    public ILearned Fit(LearningRows rows, int seed, CancellationToken cancellation = default)
    {
        var scale = rows.Values.Average();
        var trees = BoostedTrees.RegressTweedie(BoostedRow.Of(rows, [.. rows.Values.Select(v => v / scale)]), seed);
        return new TweedieTrees(trees, scale);
    }
}
