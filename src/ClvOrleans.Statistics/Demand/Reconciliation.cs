using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace ClvOrleans.Statistics.Demand;

/// <summary>
/// Changes forecasts of all series of a <see cref="Hierarchy"/> as little as makes them add up (Wickramasuriya, Athanasopoulos and Hyndman
/// 2019): least squares, each series weighed by one over its variance. Reused for every period.
/// </summary>
public sealed class Reconciliation
{
    private readonly Hierarchy _hierarchy;
    private readonly double[] _variances;
    private readonly Matrix<double> _normal;
    private readonly Cholesky<double> _factor;

    private Reconciliation(Hierarchy hierarchy, double[] variances)
    {
        (_hierarchy, _variances) = (hierarchy, variances);
        _normal = Matrix<double>.Build.Dense(hierarchy.Parts, hierarchy.Parts);
        for (var s = 0; s < hierarchy.Sums.Length; s++)
        {
            foreach (var i in hierarchy.Sums[s])
            {
                foreach (var j in hierarchy.Sums[s])
                {
                    _normal[i, j] += 1 / variances[s];
                }
            }
        }

        for (var p = 0; p < hierarchy.Parts; p++)
        {
            _normal[p, p] += 1 / variances[hierarchy.Sums.Length + p];
        }

        _factor = _normal.Cholesky();
    }

    /// <summary>Ordinary least squares: every series counts alike.</summary>
    public static Reconciliation Ols(Hierarchy hierarchy) => MinimumTrace(hierarchy, Enumerable.Repeat(1.0, hierarchy.Count));

    /// <summary>Structural scaling: a series varies as the number of its parts.</summary>
    public static Reconciliation Structural(Hierarchy hierarchy) =>
        MinimumTrace(hierarchy, hierarchy.Sums.Select(s => (double)s.Length).Concat(Enumerable.Repeat(1.0, hierarchy.Parts)));

    /// <summary>MinT with a diagonal W.</summary>
    /// <param name="hierarchy">The series.</param>
    /// <param name="variances">Variance of the forecast error of each series, above 0: sums first, then parts.</param>
    /// <exception cref="ArgumentException">There is not one for each series, or one is not above 0.</exception>
    public static Reconciliation MinimumTrace(Hierarchy hierarchy, IEnumerable<double> variances)
    {
        double[] all = [.. variances];
        return all.Length == hierarchy.Count && all.All(v => v > 0 && double.IsFinite(v))
            ? new(hierarchy, all)
            : throw new ArgumentException($"variances: {hierarchy.Count} numbers above 0 are needed, one a series.", nameof(variances));
    }

    /// <summary>Forecasts that add up: sums first, then parts. They may be below zero where the given ones are far apart.</summary>
    public double[] Reconcile(ReadOnlySpan<double> forecasts) => _hierarchy.Add(_factor.Solve(RightSide(forecasts)).AsArray());

    /// <summary>
    /// The nearest forecasts that add up and are at least 0: least squares under that condition (Lawson and Hanson 1974), which is not the
    /// same as zeros in place of what is below.
    /// </summary>
    public double[] ReconcileNonNegative(ReadOnlySpan<double> forecasts)
    {
        var right = RightSide(forecasts);
        var free = _factor.Solve(right);
        return _hierarchy.Add(free.Minimum() >= 0 ? free.AsArray() : NonNegativeLeastSquares.Solve(_normal, right, free));
    }

    private Vector<double> RightSide(ReadOnlySpan<double> forecasts)
    {
        if (forecasts.Length != _hierarchy.Count)
        {
            throw new ArgumentException($"forecasts: {forecasts.Length} are given for {_hierarchy.Count} series.", nameof(forecasts));
        }

        var right = Vector<double>.Build.Dense(_hierarchy.Parts);
        for (var s = 0; s < _hierarchy.Sums.Length; s++)
        {
            foreach (var part in _hierarchy.Sums[s])
            {
                right[part] += forecasts[s] / _variances[s];
            }
        }

        for (var p = 0; p < _hierarchy.Parts; p++)
        {
            right[p] += forecasts[_hierarchy.Sums.Length + p] / _variances[_hierarchy.Sums.Length + p];
        }

        return right;
    }
}
