using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// A generalised linear model of a target that is zero or positive: ln E[y] = offset + θ₀ + θ·x, with variance in proportion to E[y]^p
/// (Jørgensen 1987), by ridge-penalised Fisher scoring (McCullagh and Nelder 1989, 2.5). θ₀ is not penalised.
/// </summary>
internal static class TweedieRegression
{
    private const int MostSteps = 50;
    private const double Reach = 20;

    /// <summary>Fits; the intercept comes first.</summary>
    /// <param name="x">Rows of standardised columns, one after the other.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="y">Targets, near 1 on average.</param>
    /// <param name="offset">What ln E[y] is taken to be before.</param>
    /// <param name="power">p, between 1 and 2, both excluded.</param>
    /// <param name="ridge">Penalty of θ²/2 a column.</param>
    public static double[] Fit(double[] x, int width, double[] y, double[] offset, double power, double ridge)
    {
        var theta = new double[width + 1];
        theta[0] = Math.Log(Math.Max(1e-9, y.Sum()) / offset.Sum(Math.Exp));
        var objective = Objective(theta);
        for (var step = 0; step < MostSteps; step++)
        {
            var change = Direction(theta);
            var (before, length) = (objective, 1.0);
            for (; length > 1e-6; length /= 2)
            {
                var next = theta.Select((t, j) => t - (length * change[j])).ToArray();
                var reached = Objective(next);
                if (reached < objective)
                {
                    (theta, objective) = (next, reached);
                    break;
                }
            }

            if (before - objective < 1e-8 * Math.Abs(before))
            {
                break;
            }
        }

        return theta;

        double Predictor(double[] t, int row)
        {
            var sum = offset[row] + t[0];
            for (var j = 0; j < width; j++)
            {
                sum += t[j + 1] * x[(row * width) + j];
            }

            return Math.Clamp(sum, -Reach, Reach);
        }

        // Half the deviance, but for what depends on y alone.
        double Objective(double[] t)
        {
            var sum = .5 * ridge * t.Skip(1).Sum(v => v * v);
            for (var i = 0; i < y.Length; i++)
            {
                var eta = Predictor(t, i);
                sum += (Math.Exp(eta * (2 - power)) / (2 - power)) - (y[i] * Math.Exp(eta * (1 - power)) / (1 - power));
            }

            return sum;
        }

        Vector<double> Direction(double[] t)
        {
            var (information, gradient) = (new double[t.Length * t.Length], new double[t.Length]);
            var row = new double[t.Length];
            row[0] = 1;
            for (var i = 0; i < y.Length; i++)
            {
                x.AsSpan(i * width, width).CopyTo(row.AsSpan(1));
                var mean = Math.Exp(Predictor(t, i));
                var (slope, curve) = ((mean - y[i]) * Math.Pow(mean, 1 - power), Math.Pow(mean, 2 - power));
                AddTo(gradient, row, slope);

                // The matrix is symmetric: each row up to the diagonal is enough.
                for (var a = 0; a < row.Length; a++)
                {
                    AddTo(information.AsSpan(a * row.Length, a + 1), row, curve * row[a]);
                }
            }

            for (var a = 0; a < row.Length; a++)
            {
                gradient[a] += a == 0 ? 0 : ridge * t[a];
                information[(a * row.Length) + a] += a == 0 ? 1e-9 : ridge;
                for (var b = 0; b < a; b++)
                {
                    information[(b * row.Length) + a] = information[(a * row.Length) + b];
                }
            }

            return Matrix<double>.Build.Dense(t.Length, t.Length, information).Cholesky().Solve(Vector<double>.Build.Dense(gradient));
        }

        // sum + factor × row, as far as the sum goes. Most of a fit's time is spent here.
        static void AddTo(Span<double> sum, double[] row, double factor) =>
            TensorPrimitives.MultiplyAdd(row.AsSpan(0, sum.Length), factor, sum, sum);
    }
}
