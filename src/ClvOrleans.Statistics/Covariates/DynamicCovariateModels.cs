using System.Collections.Immutable;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>Fits Pareto/NBD with covariates that change over time.</summary>
public static class DynamicCovariateModels
{
    // A piece is what one thread takes; sums are added piece by piece, so that the result does not depend on the threads.
    private const int Piece = 256;

    /// <summary>Fits the baseline and both effects of every covariate at once.</summary>
    /// <param name="histories">The customers, each with the steps of its covariates.</param>
    /// <param name="names">Names of the covariates.</param>
    /// <param name="options">How; null for the defaults. The prior of an effect is centred on 0. Intervals are not found.</param>
    /// <exception cref="FitException">
    /// As for the plain model, or a history is wrong, or a covariate does not vary; the message says which.
    /// </exception>
    public static DynamicCovariateFit Fit(IReadOnlyList<DynamicHistory> histories, IReadOnlyList<string> names, FitOptions? options = null)
    {
        options = (options ?? FitOptions.Default) with { Intervals = null };
        for (var i = 0; i < histories.Count; i++)
        {
            if (histories[i].Fault(names.Count) is { } fault)
            {
                throw new FitException($"history {i} is wrong: {fault}");
            }
        }

        for (var k = 0; k < names.Count; k++)
        {
            var values = histories.SelectMany(h => h.Steps.Take(h.StepAt(h.Observed) + 1)).Select(s => s.Values[k]);
            if (values.Distinct().Take(2).Count() < 2)
            {
                throw new FitException($"covariate {names[k]} does not vary while customers are observed");
            }
        }

        // The plain fit refuses what cannot be fitted, and is where the effects start from.
        var plain = LifetimeModels.Fit("pareto-nbd", histories.Select(h => h.Static), options);
        var objective = Posterior(histories, names.Count, options);
        var newton = new Newton(objective);
        var top = newton.Climb([.. plain.Report.Parameters.Select(p => Math.Log(p)), .. new double[2 * names.Count]], null);
        return Of(histories, names, newton, top, options);
    }

    private static DynamicCovariateFit Of(
        IReadOnlyList<DynamicHistory> histories, IReadOnlyList<string> names, Newton newton, Newton.Top top, FitOptions options)
    {
        var covariance = ParametricFit.Covariance(newton.Curvature(top.At, top.Gradient));
        ImmutableArray<double> p = [.. top.At.Select((v, i) => i < 4 ? Math.Exp(v) : v)];
        var effects = p[4..];
        return new DynamicCovariateFit(
            new DynamicCovariateModel(new ParetoNbd(p[0], p[1], p[2], p[3]), [.. names], effects[..names.Count], effects[names.Count..]),
            new FitReport
            {
                Names = ["r", "alpha", "s", "beta", .. names.Select(n => $"purchases:{n}"), .. names.Select(n => $"dropout:{n}")],
                Parameters = p,
                Covariance = [.. covariance.ToRowMajorArray()],
                StandardErrors = [.. p.Select((v, i) => Math.Sqrt(covariance[i, i]) * (i < 4 ? v : 1))],
                LogLikelihood = LogLikelihood(histories, names.Count, [.. p], new double[p.Length], options.Threads),
                Customers = histories.Count,
                Iterations = newton.Iterations,
                GradientNorm = top.Gradient.Max(g => Math.Abs(g)),
                PossibleGain = top.Gain,
            });
    }

    private static Objective Posterior(IReadOnlyList<DynamicHistory> histories, int covariates, FitOptions options)
    {
        var centre = LifetimeFamilies.ParetoPrior.Select(v => Math.Log(v)).ToArray();
        var precision = options.PriorStrength / (ParametricFit.PriorSpread * ParametricFit.PriorSpread);
        return (at, gradient) =>
        {
            double[] parameters = [.. at.Select((v, i) => i < 4 ? Math.Exp(v) : v)];
            var value = LogLikelihood(histories, covariates, parameters, gradient, options.Threads);
            for (var i = 0; i < at.Length; i++)
            {
                var distance = at[i] - (i < 4 ? centre[i] : 0);
                value -= precision * distance * distance / 2;
                gradient[i] = (gradient[i] * (i < 4 ? parameters[i] : 1)) - (precision * distance);
            }

            return value;
        };
    }

    private static double LogLikelihood(
        IReadOnlyList<DynamicHistory> histories, int covariates, double[] parameters, double[] gradient, int threads)
    {
        var pieces = (histories.Count + Piece - 1) / Piece;
        var sums = new double[pieces][];
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece =>
        {
            var kernel = new DynamicLogLikelihood(covariates);
            var (sum, slopes) = (new double[parameters.Length + 1], new double[parameters.Length]);
            for (var i = piece * Piece; i < Math.Min(histories.Count, (piece + 1) * Piece); i++)
            {
                sum[0] += kernel.Of(parameters, histories[i], slopes).Log;
                for (var j = 0; j < slopes.Length; j++)
                {
                    sum[j + 1] += slopes[j];
                }
            }

            sums[piece] = sum;
        });
        Array.Clear(gradient);
        var value = 0.0;
        foreach (var sum in sums)
        {
            value += sum[0];
            for (var j = 0; j < gradient.Length; j++)
            {
                gradient[j] += sum[j + 1];
            }
        }

        return value;
    }
}
