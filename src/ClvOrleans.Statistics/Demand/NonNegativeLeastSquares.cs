using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Statistics.Demand;

/// <summary>Least squares with no unknown below zero, from the normal equations Ax = b (Lawson and Hanson 1974, chapter 23).</summary>
internal static class NonNegativeLeastSquares
{
    private const double Tolerance = 1e-10;

    /// <summary>The solution.</summary>
    /// <param name="normal">A, positive definite.</param>
    /// <param name="right">b.</param>
    /// <param name="start">Where to begin: the solution without the condition.</param>
    public static double[] Solve(Matrix<double> normal, Vector<double> right, Vector<double> start)
    {
        var x = start.PointwiseMaximum(0);
        var open = new SortedSet<int>(Enumerable.Range(0, x.Count).Where(i => x[i] > 0));
        var scale = Tolerance * Math.Max(1, right.AbsoluteMaximum());
        Settle(normal, right, x, open);
        while (true)
        {
            var slope = right - (normal * x);
            var steepest = Enumerable.Range(0, x.Count).Where(i => !open.Contains(i)).OrderByDescending(i => slope[i]).FirstOrDefault(-1);
            if (steepest < 0 || slope[steepest] <= scale)
            {
                return x.AsArray();
            }

            open.Add(steepest);
            Settle(normal, right, x, open);
        }
    }

    // Moves x to the best point over the open unknowns; one that would go below zero is closed on the way.
    private static void Settle(Matrix<double> normal, Vector<double> right, Vector<double> x, SortedSet<int> open)
    {
        while (open.Count > 0)
        {
            int[] unknowns = [.. open];
            var part = Matrix<double>.Build.Dense(unknowns.Length, unknowns.Length, (i, j) => normal[unknowns[i], unknowns[j]]);
            var best = part.Cholesky().Solve(Vector<double>.Build.Dense(unknowns.Length, i => right[unknowns[i]]));
            var (step, blocking) = (1.0, -1);
            for (var i = 0; i < unknowns.Length; i++)
            {
                var (from, to) = (x[unknowns[i]], best[i]);
                var reach = from > to ? from / (from - to) : 0;
                if (to <= 0 && (blocking < 0 || reach < step))
                {
                    (step, blocking) = (reach, unknowns[i]);
                }
            }

            for (var i = 0; i < unknowns.Length; i++)
            {
                x[unknowns[i]] += step * (best[i] - x[unknowns[i]]);
            }

            if (blocking < 0)
            {
                return;
            }

            x[blocking] = 0;
            open.RemoveWhere(u => x[u] <= 0);
        }
    }
}
