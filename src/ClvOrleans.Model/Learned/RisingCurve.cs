using System.Collections.Immutable;

namespace ClvOrleans.Model.Learned;

/// <summary>What scores are worth: a line through points, in logarithms, that rises. It changes levels and no ranks.</summary>
/// <param name="Score">Logarithms of the scores, rising.</param>
/// <param name="Value">Logarithms of what they are worth, rising.</param>
public sealed record RisingCurve(ImmutableArray<double> Score, ImmutableArray<double> Value)
{
    /// <summary>The value of a score; beyond the ends in proportion to it.</summary>
    public double At(double score)
    {
        var x = Log(score);
        var i = Score.BinarySearch(x);
        if (i >= 0)
        {
            return Math.Exp(Value[i]);
        }

        i = ~i;
        if (i == 0 || i == Score.Length)
        {
            var end = i == 0 ? 0 : i - 1;
            return Math.Exp(Value[end] + x - Score[end]);
        }

        return Math.Exp(Value[i - 1] + ((Value[i] - Value[i - 1]) * (x - Score[i - 1]) / (Score[i] - Score[i - 1])));
    }

    /// <summary>The logarithm of a score.</summary>
    public static double Log(double score) => Math.Log(Math.Max(1e-9, score));
}
