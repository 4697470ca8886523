using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Valuation.Intervals;

/// <summary>
/// How the values of customers of one group lie around what was predicted of them, once the level is taken out: nothing with the
/// probability P(no purchase)^<see cref="Hazard"/>, else the predicted value of those who buy times a ratio of this distribution.
/// </summary>
/// <param name="LeastRepeats">The group is of customers of at least so many repeat purchase days.</param>
/// <param name="LeastNone">And of at least this predicted probability of no purchase.</param>
/// <param name="Hazard">How many times the predicted hazard of a purchase came, -ln P(no purchase) being the hazard.</param>
/// <param name="LogRatios">
/// Logarithms of ratios at the normal scores from -<see cref="Outermost"/> to <see cref="Outermost"/> in steps of <see cref="Step"/>,
/// rising; beyond, they go on as they go between the last ones.
/// </param>
/// <param name="MeanSquare">The mean square of the ratios.</param>
/// <param name="Rows">How many customers of past windows it was calibrated on.</param>
public sealed record ShapeGroup(
    int LeastRepeats, double LeastNone, double Hazard, ImmutableArray<double> LogRatios, double MeanSquare, int Rows)
{
    /// <summary>The greatest normal score: 99.4 % of the ratios are below it.</summary>
    public const double Outermost = 2.5;

    /// <summary>The step between normal scores.</summary>
    public const double Step = .125;

    /// <summary>Number of <see cref="LogRatios"/>.</summary>
    public const int Knots = (int)(2 * Outermost / Step) + 1;

    // The outermost quantiles have chance in them: the tail goes on by several steps.
    private const int TailSteps = 4;

    /// <summary>The logarithm of the ratio at a normal score.</summary>
    public double LogRatioAt(double score)
    {
        var place = (score + Outermost) / Step;
        var i = Math.Clamp((int)Math.Floor(place), 0, Knots - 2);
        return place < 0 ? LogRatios[0] + (place * LeftSlope)
            : place > Knots - 1 ? LogRatios[Knots - 1] + ((place - Knots + 1) * RightSlope)
            : LogRatios[i] + ((place - i) * (LogRatios[i + 1] - LogRatios[i]));
    }

    /// <summary>The normal score of the logarithm of a ratio: the inverse of <see cref="LogRatioAt"/>.</summary>
    public double ScoreOf(double logRatio)
    {
        var ratios = LogRatios.AsSpan();
        var place = logRatio < ratios[0] ? (logRatio - ratios[0]) / LeftSlope
            : logRatio > ratios[^1] ? Knots - 1 + ((logRatio - ratios[^1]) / RightSlope)
            : Inside(ratios, logRatio);
        return (place * Step) - Outermost;
    }

    private double LeftSlope => (LogRatios[TailSteps] - LogRatios[0]) / TailSteps;

    private double RightSlope => (LogRatios[Knots - 1] - LogRatios[Knots - 1 - TailSteps]) / TailSteps;

    private static double Inside(ReadOnlySpan<double> ratios, double logRatio)
    {
        var (low, high) = (0, Knots - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = ratios[middle] <= logRatio ? (middle, high) : (low, middle);
        }

        return low + ((logRatio - ratios[low]) / (ratios[high] - ratios[low]));
    }

    /// <summary>The probabilities of ratios up to some, in lanes of four.</summary>
    internal void Cumulative(ReadOnlySpan<double> logRatios, Span<double> probabilities)
    {
        Span<double> scores = stackalloc double[Vector256<double>.Count];
        for (var i = 0; i < logRatios.Length; i += scores.Length)
        {
            for (var lane = 0; lane < scores.Length; lane++)
            {
                scores[lane] = ScoreOf(logRatios[i + lane]);
            }

            Gaussian.Cumulative(Vector256.Create<double>(scores)).CopyTo(probabilities[i..]);
        }
    }
}
