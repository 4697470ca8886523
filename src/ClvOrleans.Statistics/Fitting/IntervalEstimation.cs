using System.Collections.Immutable;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Statistics.Fitting;

/// <summary>Intervals of fitted parameters around the top of what was maximised.</summary>
/// <param name="columns">The data.</param>
/// <param name="posterior">What is maximised, for given data.</param>
/// <param name="top">Its top.</param>
/// <param name="covariance">The inverse of its curvature there.</param>
/// <param name="options">Level and resamples.</param>
internal sealed class IntervalEstimation(
    SufficientStatistics columns,
    Func<SufficientStatistics, Objective> posterior,
    Newton.Top top,
    Matrix<double> covariance,
    IntervalOptions options)
{
    // A profile that has not fallen so many standard deviations away has no end.
    private const double Farthest = 12;

    /// <summary>Intervals in the space of the fit, and how many resamples had no optimum.</summary>
    public (ImmutableArray<(ParameterInterval Delta, ParameterInterval Profile, ParameterInterval Bootstrap)> All, int Failed) Find()
    {
        if (options.Level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Level, "The level must be above 0 and below 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resamples, 20);
        var curvature = covariance.Inverse();
        var (resampled, failed) = Resampled(curvature);
        var z = Normal.InvCDF(0, 1, (1 + options.Level) / 2);
        return (
            [
                .. top.At.Select((at, i) =>
                {
                    var deviation = Math.Sqrt(covariance[i, i]);
                    return (
                        new ParameterInterval(at - (z * deviation), at + (z * deviation)),
                        new ParameterInterval(ProfileEnd(i, -deviation, z, curvature), ProfileEnd(i, deviation, z, curvature)),
                        Central([.. resampled.Select(r => r[i]).Order()]));
                }),
            ],
            failed);
    }

    private ParameterInterval Central(double[] sorted) => sorted.Length == 0
        ? new ParameterInterval(double.NegativeInfinity, double.PositiveInfinity)
        : new ParameterInterval(SampleQuantile.Of(sorted, (1 - options.Level) / 2), SampleQuantile.Of(sorted, (1 + options.Level) / 2));

    private (List<double[]> Estimates, int Failed) Resampled(Matrix<double> curvature)
    {
        var random = new Random(options.Seed);
        var (estimates, failed) = (new List<double[]>(), 0);
        for (var i = 0; i < options.Resamples; i++)
        {
            try
            {
                estimates.Add(new Newton(posterior(columns.Resample(random))).Climb(top.At, curvature).At);
            }
            catch (FitException)
            {
                failed++;
            }
        }

        return (estimates, failed);
    }

    // Outwards by steps of a standard deviation until the profile has fallen far enough, then by halving.
    private double ProfileEnd(int parameter, double step, double z, Matrix<double> curvature)
    {
        var enough = top.Value - (z * z / 2);
        var (inside, others) = (top.At[parameter], Without(top.At, parameter));
        for (var steps = 1.0; ; steps++)
        {
            var outside = top.At[parameter] + (steps * step);
            if (Profile(outside, others) is not { } found || steps > Farthest || Math.Abs(steps * step) > Newton.Reach)
            {
                return step < 0 ? double.NegativeInfinity : double.PositiveInfinity;
            }

            if (found.Value < enough)
            {
                return Between(inside, outside, others);
            }

            (inside, others) = (outside, found.At);
        }

        double Between(double inner, double outer, double[] start)
        {
            while (Math.Abs(outer - inner) > 1e-4 * Math.Abs(step))
            {
                var middle = (inner + outer) / 2;
                if (Profile(middle, start) is { } found && found.Value >= enough)
                {
                    (inner, start) = (middle, found.At);
                }
                else
                {
                    outer = middle;
                }
            }

            return (inner + outer) / 2;
        }

        Newton.Top? Profile(double value, double[] start)
        {
            var whole = posterior(columns);
            var (at, slopes) = (new double[top.At.Length], new double[top.At.Length]);
            try
            {
                return new Newton((rest, gradient) =>
                {
                    Array.Copy(rest, at, parameter);
                    at[parameter] = value;
                    Array.Copy(rest, parameter, at, parameter + 1, rest.Length - parameter);
                    var height = whole(at, slopes);
                    Without(slopes, parameter).CopyTo(gradient, 0);
                    return height;
                }).Climb(start, curvature.RemoveRow(parameter).RemoveColumn(parameter));
            }
            catch (FitException)
            {
                return null;
            }
        }
    }

    private static double[] Without(double[] values, int index) => [.. values[..index], .. values[(index + 1)..]];
}
