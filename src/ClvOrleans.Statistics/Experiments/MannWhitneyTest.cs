namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// The rank test of Mann and Whitney (1947, Annals of Mathematical Statistics 18): whether the treated tend to have more. It says nothing
/// of means, and so of money in all; beside a test of means it tells whether a few large orders made the difference. With few units the
/// p-value is exact, ties included (all ways to draw the treated ranks; Streitberg and Röhmel 1986); with more it is from the normal limit,
/// with the variance corrected for ties and the statistic for continuity.
/// </summary>
public static class MannWhitneyTest
{
    /// <summary>With so many units in both arms together the p-value is still exact.</summary>
    public const int MostExact = 50;

    /// <summary>The effect on ranks.</summary>
    /// <param name="control">Outcomes of the control.</param>
    /// <param name="treated">Outcomes of the treated.</param>
    /// <param name="alternative">What counts against "no effect".</param>
    /// <exception cref="ExperimentException">An arm is empty, or all outcomes are equal.</exception>
    /// <exception cref="ArgumentException">An outcome is not a number.</exception>
    public static RankEffect Compare(
        IReadOnlyCollection<double> control, IReadOnlyCollection<double> treated, Alternative alternative = Alternative.TwoSided)
    {
        if (control.Count == 0 || treated.Count == 0)
        {
            throw new ExperimentException($"The {(control.Count == 0 ? "control" : "treated arm")} has no units.");
        }

        double[] values = [.. treated, .. control];
        if (values.Any(double.IsNaN))
        {
            throw new ArgumentException("Outcomes must be numbers.", nameof(treated));
        }

        var (ranks, ties) = Ranks(values);
        var (n, m, all) = ((double)treated.Count, (double)control.Count, (double)values.Length);
        var u = (ranks.AsSpan(0, treated.Count).ToArray().Sum() / 2.0) - (n * (n + 1) / 2);
        var variance = n * m / 12 * (all + 1 - (ties / (all * (all - 1))));
        if (variance <= 0)
        {
            throw new ExperimentException("All outcomes are equal: there is nothing to rank.");
        }

        var exact = values.Length <= MostExact;
        var p = exact ? Exact(ranks, treated.Count, alternative) : Normal(u - (n * m / 2), Math.Sqrt(variance), alternative);
        return new RankEffect(u, u / (n * m), p, exact);
    }

    // Ranks times two, so that those of ties are whole, and Σ (t³ - t) over the ties.
    private static (long[] Ranks, double Ties) Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort((double[])values.Clone(), order);
        var ranks = new long[values.Length];
        var ties = 0.0;
        for (var (from, to) = (0, 0); from < order.Length; from = to)
        {
            for (to = from; to < order.Length && values[order[to]] == values[order[from]]; to++)
            {
            }

            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = from + to + 1;
            }

            var tied = (double)(to - from);
            ties += (tied * tied * tied) - tied;
        }

        return (ranks, ties);
    }

    /// <summary>The p-value of the normal limit, with continuity.</summary>
    internal static double Normal(double distance, double deviation, Alternative alternative) => alternative switch
    {
        Alternative.Greater => Significance.UpperNormal((distance - .5) / deviation),
        Alternative.Less => Significance.UpperNormal((-distance - .5) / deviation),
        _ => Math.Min(1, 2 * Significance.UpperNormal((Math.Abs(distance) - .5) / deviation)),
    };

    // ways[k][s]: in how many ways k of the ranks add up to s.
    private static double Exact(long[] ranks, int treated, Alternative alternative)
    {
        var total = (int)ranks.Sum();
        var ways = new double[treated + 1][];
        for (var k = 0; k <= treated; k++)
        {
            ways[k] = new double[total + 1];
        }

        ways[0][0] = 1;
        foreach (var rank in ranks)
        {
            for (var k = treated; k > 0; k--)
            {
                for (var s = total; s >= rank; s--)
                {
                    ways[k][s] += ways[k - 1][s - rank];
                }
            }
        }

        var seen = (int)ranks.AsSpan(0, treated).ToArray().Sum();
        var all = ways[treated].Sum();
        var (above, below) = (ways[treated][seen..].Sum() / all, ways[treated][..(seen + 1)].Sum() / all);
        return alternative switch
        {
            Alternative.Greater => above,
            Alternative.Less => below,
            _ => Math.Min(1, 2 * Math.Min(above, below)),
        };
    }
}
