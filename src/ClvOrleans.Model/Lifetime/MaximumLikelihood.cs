using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace ClvOrleans.Model.Lifetime;

/// <summary>Maximum likelihood over positive parameters: Nelder-Mead on their logarithms, restarted until a restart gains nothing.</summary>
public static class MaximumLikelihood
{
    /// <summary>The parameters that maximise <paramref name="logLikelihood"/>, and its value there.</summary>
    /// <exception cref="FitException">No start converged to a finite optimum.</exception>
    public static (double[] Parameters, double LogLikelihood) Fit(double[] start, Func<double[], double> logLikelihood)
    {
        var objective = ObjectiveFunction.Value(v =>
        {
            var value = -logLikelihood([.. v.Select(l => Math.Exp(l))]);
            return double.IsFinite(value) ? value : double.MaxValue / 2;
        });
        var at = Vector<double>.Build.Dense([.. start.Select(p => Math.Log(p))]);
        var best = double.PositiveInfinity;
        for (var restart = 0; restart < 12; restart++)
        {
            MinimizationResult result;
            try
            {
                result = new NelderMeadSimplex(1e-9, 4_000).FindMinimum(objective, at);
            }
            catch (MaximumIterationsException)
            {
                break;
            }

            at = result.MinimizingPoint;
            var value = result.FunctionInfoAtMinimum.Value;
            if (best - value < 1e-7 * Math.Abs(value))
            {
                best = Math.Min(best, value);
                break;
            }

            best = value;
        }

        // ln of a parameter beyond 12 means a flat likelihood, not an estimate.
        if (!double.IsFinite(best) || best >= double.MaxValue / 4 || at.Any(v => Math.Abs(v) > 12))
        {
            throw new FitException("the likelihood has no optimum at finite parameters");
        }

        return ([.. at.Select(l => Math.Exp(l))], -best);
    }
}
