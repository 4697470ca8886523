using ClvOrleans.Model.Learned;

namespace ClvOrleans.Training.Learning;

/// <summary>The value in one piece, zeros and all, by boosted trees on Tweedie's deviance.</summary>
internal sealed class TweedieBoosting : ILearner
{
    public string Name => "boosted-tweedie";

    public ILearned Fit(double[] rows, double[] values, int seed)
    {
        var scale = values.Average();
        var trees = BoostedTrees.RegressTweedie(BoostedRow.Of(rows, [.. values.Select(v => v / scale)]), rows.Length / values.Length, seed);
        return new Learned(trees, scale);
    }

    private sealed class Learned(TreeEnsemble trees, double scale) : ILearned
    {
        public double Predict(ReadOnlySpan<double> row)
        {
            Span<float> features = stackalloc float[row.Length];
            BoostedRow.Write(row, features);
            return scale * Math.Exp(Math.Clamp(trees.Score(features), -20, 20));
        }
    }
}
