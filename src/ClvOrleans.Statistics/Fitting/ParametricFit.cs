using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Statistics.Fitting;

/// <summary>
/// Fits a family to columns: Newton from every start on a sample of rows, then from the best of these on all of them with the sample's
/// curvature, which already is the whole's but for noise.
/// </summary>
internal static class ParametricFit
{
    /// <summary>Standard deviation of the prior of a parameter's logarithm at strength 1.</summary>
    public const double PriorSpread = 3;

    private const int SampleRows = 20_000;

    /// <summary>The best fit. <exception cref="FitException">None could be found, and why.</exception></summary>
    public static FitReport Fit(Family family, SufficientStatistics columns, FitOptions options, Design? design = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.PriorStrength);
        design ??= Design.None(family.Names.Length);
        if (options.Prior is { } known)
        {
            family = known.Names.SequenceEqual(family.Names)
                ? family with { Starts = [[.. known.Centre], .. family.Starts] }
                : throw new ArgumentException(
                    $"The prior is of {string.Join(", ", known.Names)}; the model has {string.Join(", ", family.Names)}.", nameof(options));
        }

        var sample = columns.Sample(SampleRows);
        var (top, iterations) = BestOf(family, sample, options, design);
        if (!ReferenceEquals(sample, columns))
        {
            var curvature = new Newton(Posterior(family, sample, options, design)).Curvature(top.At, top.Gradient);
            var whole = new Newton(Posterior(family, columns, options, design));
            top = whole.Climb(top.At, curvature);
            iterations += whole.Iterations;
        }

        return Report(family, columns, options, design, top, iterations);
    }

    /// <summary>ln L of a family over columns; its gradient by the parameters is written to <paramref name="gradient"/>.</summary>
    public static double LogLikelihood(
        ILogLikelihood kernel, SufficientStatistics columns, double[] parameters, Span<double> gradient, int threads) =>
        new ColumnLikelihood(kernel, columns, threads).Evaluate(parameters, gradient);

    /// <summary>
    /// The inverse of the curvature at the top. <exception cref="FitException">There is a direction in which it is flat.</exception>
    /// </summary>
    public static Matrix<double> Covariance(Matrix<double> curvature)
    {
        var values = curvature.Evd(Symmetricity.Symmetric).EigenValues.Map(v => v.Real);
        return values.Minimum() > values.Maximum() * 1e-12
            ? curvature.Inverse()
            : throw new FitException("the likelihood is flat: the data do not tell the parameters apart");
    }

    private static (Newton.Top Top, int Iterations) BestOf(Family family, SufficientStatistics columns, FitOptions options, Design design)
    {
        Newton.Top? best = null;
        FitException? failure = null;
        var iterations = 0;
        foreach (var start in family.Starts)
        {
            var newton = new Newton(Posterior(family, columns, options, design));
            try
            {
                var top = newton.Climb([.. start.Select(v => Math.Log(v)), .. new double[design.Effects]], null);
                best = best is null || top.Value > best.Value ? top : best;
            }
            catch (FitException e)
            {
                failure = e;
            }

            iterations += newton.Iterations;
        }

        return best is null ? throw failure! : (best, iterations);
    }

    // The prior counts customers, not rows: a sample with raised weights stands for all of them.
    private static Objective Posterior(Family family, SufficientStatistics columns, FitOptions options, Design design)
    {
        var likelihood = new ColumnLikelihood(family.Kernel, columns, options.Threads);
        var size = family.Names.Length;
        var known = options.Prior;
        var centre = (known?.Centre ?? family.Prior).Select(v => Math.Log(v)).ToArray();
        var knownPrecision = known is null ? null : Matrix<double>.Build.DenseOfRowMajor(size, size, known.Covariance).Inverse();
        var precision = options.PriorStrength / (PriorSpread * PriorSpread);
        var local = new double[size * design.Groups];
        var byLocal = new double[local.Length];
        return (at, gradient) =>
        {
            design.Expand(at, local);
            var value = likelihood.Evaluate(local, byLocal);
            design.Contract(local, byLocal, gradient);
            if (knownPrecision is not null)
            {
                var away = Vector<double>.Build.Dense(size, i => at[i] - centre[i]);
                var pull = knownPrecision * away;
                value -= (away * pull) / 2;
                for (var i = 0; i < size; i++)
                {
                    gradient[i] -= pull[i];
                }
            }

            for (var i = knownPrecision is null ? 0 : size; i < at.Length; i++)
            {
                var distance = at[i] - (i < size ? centre[i] : 0);
                value -= precision * distance * distance / 2;
                gradient[i] -= precision * distance;
            }

            return value;
        };
    }

    private static FitReport Report(
        Family family, SufficientStatistics columns, FitOptions options, Design design, Newton.Top top, int iterations)
    {
        var size = family.Names.Length;
        var covariance = Covariance(new Newton(Posterior(family, columns, options, design)).Curvature(top.At, top.Gradient));
        if (Enumerable.Range(0, size).FirstOrDefault(i => covariance[i, i] > Newton.Reach * Newton.Reach, -1) is >= 0 and var free)
        {
            throw new FitException($"the likelihood is flat: the data do not bound {family.Names[free]}");
        }

        var parameters = top.At.Select((v, i) => i < size ? Math.Exp(v) : v).ToImmutableArray();
        ImmutableArray<string> names = [.. family.Names, .. design.Names];
        var local = new double[size * design.Groups];
        design.Expand(top.At, local);
        var report = new FitReport
        {
            Names = names,
            BaselineSize = size,
            Parameters = parameters,
            Covariance = [.. covariance.ToRowMajorArray()],
            StandardErrors = [.. parameters.Select((p, i) => Math.Sqrt(covariance[i, i]) * (i < size ? p : 1))],
            LogLikelihood = LogLikelihood(family.Kernel, columns, local, new double[local.Length], options.Threads),
            Customers = columns.Total,
            Iterations = iterations,
            GradientNorm = top.Gradient.Max(g => Math.Abs(g)),
            PossibleGain = top.Gain,
        };
        return options.Intervals is { } asked
            ? report.With(
                new IntervalEstimation(columns, data => Posterior(family, data, options, design), top, covariance, asked).Find(), size)
            : report;
    }
}
