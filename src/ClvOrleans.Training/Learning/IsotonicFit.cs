using ClvOrleans.Valuation.Ensemble;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Learns a <see cref="IsotonicCalibration"/>: equal parts of the scores and the mean value of each, made to rise by merging neighbours
/// that do not (Ayer et al. 1955).
/// </summary>
internal static class IsotonicFit
{
    private const int MostParts = 20;
    private const int RowsInPart = 100;

    /// <summary>Learns from scores and values, of which some are positive.</summary>
    public static IsotonicCalibration Of(IReadOnlyList<double> scores, IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, scores.Count).OrderBy(i => scores[i]).ToArray();
        var parts = Math.Clamp(order.Length / RowsInPart, 1, MostParts);
        var pools = new List<(double Scores, double Values, int Rows)>();
        for (var part = 0; part < parts; part++)
        {
            var rows = order[(int)((long)part * order.Length / parts)..(int)((long)(part + 1) * order.Length / parts)];
            pools.Add((rows.Sum(i => IsotonicCalibration.Log(scores[i])), rows.Sum(i => values[i]), rows.Length));
            while (pools.Count > 1 && (pools[^2].Values <= 0 || pools[^1].Values * pools[^2].Rows <= pools[^2].Values * pools[^1].Rows))
            {
                var (a, b) = (pools[^2], pools[^1]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((a.Scores + b.Scores, a.Values + b.Values, a.Rows + b.Rows));
            }
        }

        return new IsotonicCalibration([.. pools.Select(p => p.Scores / p.Rows)], [.. pools.Select(p => Math.Log(p.Values / p.Rows))]);
    }
}
