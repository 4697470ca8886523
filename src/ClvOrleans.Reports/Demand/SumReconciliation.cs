namespace ClvOrleans.Reports.Demand;

/// <summary>
/// Makes parts add up to a whole, all at least 0, by changing each in proportion to the variance of its error: the least squares of
/// <see cref="Statistics.Demand.Reconciliation"/> for one sum, without a matrix, so that 100,000 products are no more than a walk.
/// </summary>
internal static class SumReconciliation
{
    /// <summary>Changes the parts in place; their sum is then the whole.</summary>
    /// <param name="whole">Forecast of the whole, at least 0.</param>
    /// <param name="wholeVariance">Variance of its error; 0 for a whole that is known, infinite for one that does not count.</param>
    /// <param name="parts">Forecasts of the parts, at least 0.</param>
    /// <param name="variances">Variances of their errors, at least 0.</param>
    public static void Reconcile(double whole, double wholeVariance, Span<double> parts, ReadOnlySpan<double> variances)
    {
        if (double.IsPositiveInfinity(wholeVariance))
        {
            return;
        }

        // Those that would fall below 0 stay there, and the rest share what is left: with one sum this ends at the least squares.
        var free = new bool[parts.Length];
        free.AsSpan().Fill(true);
        var given = parts.ToArray();
        for (var changed = true; changed;)
        {
            var (sum, variance) = (0.0, 0.0);
            for (var i = 0; i < given.Length; i++)
            {
                sum += free[i] ? given[i] : 0;
                variance += free[i] ? variances[i] : 0;
            }

            if (variance <= 0)
            {
                return;
            }

            var step = (whole - sum) / (wholeVariance + variance);
            changed = false;
            for (var i = 0; i < given.Length; i++)
            {
                parts[i] = free[i] ? given[i] + (variances[i] * step) : 0;
                if (parts[i] < 0)
                {
                    (parts[i], free[i], changed) = (0, false, true);
                }
            }
        }
    }
}
