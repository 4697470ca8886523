using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Statistics.Fitting;

/// <summary>
/// Damped Newton ascent with the curvature from differences of the analytic gradient. While steps gain quickly the curvature is kept
/// (Shamanskii 1967), so that a start with a good curvature, such as a sample's, needs only gradients.
/// </summary>
internal sealed class Newton(Objective objective)
{
    /// <summary>Ascent ends where another step could gain less than this: parameters within 10^-4 standard errors.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>
    /// Beyond e^±14 of its start a parameter is not estimated, nor with a standard error like that: the likelihood is flat.
    /// </summary>
    public const double Reach = 14;

    private const int MaxIterations = 200;

    /// <summary>Steps taken.</summary>
    public int Iterations { get; private set; }

    /// <summary>Climbs to the top from a start.</summary>
    /// <param name="start">Where to start.</param>
    /// <param name="curvature">Negative Hessian near the top, if known.</param>
    /// <exception cref="Statistics.Fitting.FitException">There is no top within reach.</exception>
    public Top Climb(double[] start, Matrix<double>? curvature)
    {
        var (at, gradient) = ((double[])start.Clone(), new double[start.Length]);
        var value = objective(at, gradient);
        if (!double.IsFinite(value))
        {
            throw new Statistics.Fitting.FitException("the likelihood is not finite at the start");
        }

        var fresh = false;
        var lastGain = double.PositiveInfinity;
        for (Iterations = 0; Iterations < MaxIterations; Iterations++)
        {
            if (curvature is null)
            {
                (curvature, fresh) = (Curvature(at, gradient), true);
            }

            var step = Step(curvature, gradient);
            var gain = Dot(step, gradient) / 2;
            if (gain < Tolerance * Math.Max(1, 1e-7 * Math.Abs(value)))
            {
                return new Top(at, value, gradient, gain);
            }

            if (!fresh && gain > lastGain / 4)
            {
                curvature = null;
                continue;
            }

            lastGain = gain;
            if (!Search(ref at, ref value, ref gradient, step, gain))
            {
                if (fresh)
                {
                    return gain < 1e-5 * Math.Max(1, 1e-9 * Math.Abs(value))
                        ? new Top(at, value, gradient, gain)
                        : throw new Statistics.Fitting.FitException("the ascent of the likelihood stopped short of its top");
                }

                curvature = null;
                continue;
            }

            if (at.Zip(start, (a, s) => Math.Abs(a - s)).Any(distance => distance > Reach))
            {
                throw new Statistics.Fitting.FitException("the likelihood has no optimum at finite parameters");
            }

            // Far from the top the curvature changes with every step.
            if (gain > 1e-3 * Math.Max(1, 1e-4 * Math.Abs(value)) && fresh)
            {
                curvature = null;
            }

            fresh = false;
        }

        throw new Statistics.Fitting.FitException($"no optimum within {MaxIterations} steps");
    }

    /// <summary>Negative Hessian by differences of the gradient, of which the one at the point is known.</summary>
    public Matrix<double> Curvature(double[] at, double[] gradient)
    {
        const double H = 1e-5;
        var size = at.Length;
        var matrix = Matrix<double>.Build.Dense(size, size);
        var (point, beside) = ((double[])at.Clone(), new double[size]);
        for (var i = 0; i < size; i++)
        {
            point[i] = at[i] + H;
            objective(point, beside);
            point[i] = at[i];
            for (var j = 0; j < size; j++)
            {
                matrix[i, j] = (gradient[j] - beside[j]) / H;
            }
        }

        return matrix.Enumerate().All(double.IsFinite)
            ? (matrix + matrix.Transpose()) / 2
            : throw new Statistics.Fitting.FitException("the slope of the likelihood is not finite");
    }

    // Directions in which the function is not concave are climbed by the size of their curvature; no step is longer than 2.
    private static double[] Step(Matrix<double> curvature, double[] gradient)
    {
        var evd = curvature.Evd(Symmetricity.Symmetric);
        var sizes = evd.EigenValues.Map(v => Math.Abs(v.Real));
        var floor = Math.Max(sizes.Maximum() * 1e-10, double.Epsilon * 1e20);
        var along = evd.EigenVectors.TransposeThisAndMultiply(Vector<double>.Build.Dense(gradient));
        for (var i = 0; i < along.Count; i++)
        {
            along[i] /= Math.Max(sizes[i], floor);
        }

        var step = (evd.EigenVectors * along).ToArray();
        var longest = step.Max(s => Math.Abs(s));
        return longest > 2 ? [.. step.Select(s => s * 2 / longest)] : step;
    }

    private bool Search(ref double[] at, ref double value, ref double[] gradient, double[] step, double gain)
    {
        // Near the top the gain is below the rounding of the value.
        var rounding = 1e-13 * Math.Abs(value);
        for (var part = 1.0; part > 1e-6; part /= 2)
        {
            var next = at.Zip(step, (a, s) => a + (part * s)).ToArray();
            var nextGradient = new double[at.Length];
            var found = objective(next, nextGradient);
            if (double.IsFinite(found) && found >= value + (1e-4 * part * gain) - rounding)
            {
                (at, value, gradient) = (next, found, nextGradient);
                return true;
            }
        }

        return false;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Where the ascent ended.</summary>
    /// <param name="At">The point.</param>
    /// <param name="Value">The value there.</param>
    /// <param name="Gradient">The gradient there.</param>
    /// <param name="Gain">What another step could gain.</param>
    public sealed record Top(double[] At, double Value, double[] Gradient, double Gain);
}
