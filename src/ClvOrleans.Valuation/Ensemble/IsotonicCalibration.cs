using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>What scores are worth: a line through points, in logarithms, that rises. It changes levels and no ranks.</summary>
/// <param name="Score">Logarithms of the scores, rising.</param>
/// <param name="Value">Logarithms of what they are worth, rising.</param>
public sealed record IsotonicCalibration(ImmutableArray<double> Score, ImmutableArray<double> Value)
{
    /// <summary>The curve in the middle of two, in logarithms.</summary>
    public static IsotonicCalibration Between(IsotonicCalibration a, IsotonicCalibration b)
    {
        ImmutableArray<double> knots = [.. a.Score.Union(b.Score).Order()];
        return new IsotonicCalibration(knots, [.. knots.Select(x => (a.LogAt(x) + b.LogAt(x)) / 2)]);
    }

    /// <summary>The value of a score; beyond the ends in proportion to it.</summary>
    public double At(double score) => Math.Exp(LogAt(Log(score)));

    /// <summary>The logarithm of a score.</summary>
    public static double Log(double score) => Math.Log(Math.Max(1e-9, score));

    private double LogAt(double x)
    {
        var i = Score.BinarySearch(x);
        if (i >= 0)
        {
            return Value[i];
        }

        i = ~i;
        if (i == 0 || i == Score.Length)
        {
            var end = i == 0 ? 0 : i - 1;
            return Value[end] + x - Score[end];
        }

        return Value[i - 1] + ((Value[i] - Value[i - 1]) * (x - Score[i - 1]) / (Score[i] - Score[i - 1]));
    }
}
