using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Statistics.Numerics;

/// <summary>
/// Gauss-Jacobi rule of 16 nodes for the mean over p ~ beta(a, b), from the recurrence of the Jacobi polynomials (Golub and Welsch 1969):
/// exact for polynomials up to degree 31, whatever the singularity of the density at 0 or 1.
/// </summary>
internal sealed class JacobiRule
{
    private const int Nodes = 16;

    /// <summary>The rule for beta(a, b), both positive.</summary>
    public JacobiRule(double a, double b)
    {
        // On [-1, 1] the weight is (1 - u)^(b - 1) (1 + u)^(a - 1), u = 2 p - 1.
        var (alpha, beta) = (b - 1, a - 1);
        var sum = alpha + beta;
        var matrix = Matrix<double>.Build.Dense(Nodes, Nodes);
        for (var n = 0; n < Nodes; n++)
        {
            var twice = (2 * n) + sum;
            matrix[n, n] = n == 0 ? (beta - alpha) / (sum + 2) : ((beta * beta) - (alpha * alpha)) / (twice * (twice + 2));
            if (n > 0)
            {
                var square = n == 1
                    ? 4 * (1 + alpha) * (1 + beta) / ((2 + sum) * (2 + sum) * (3 + sum))
                    : 4 * n * (n + alpha) * (n + beta) * (n + sum) / (twice * twice * (twice + 1) * (twice - 1));
                matrix[n, n - 1] = matrix[n - 1, n] = Math.Sqrt(square);
            }
        }

        var evd = matrix.Evd(Symmetricity.Symmetric);
        At = [.. evd.EigenValues.Select(v => (v.Real + 1) / 2)];
        Weight = [.. evd.EigenVectors.Row(0).Select(v => v * v)];
    }

    /// <summary>Abscissas in (0, 1).</summary>
    public double[] At { get; }

    /// <summary>Weights, of sum 1.</summary>
    public double[] Weight { get; }
}
