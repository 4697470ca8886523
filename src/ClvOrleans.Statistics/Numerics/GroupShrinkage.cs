namespace ClvOrleans.Statistics.Numerics;

/// <summary>
/// Estimates of several groups, each drawn towards the mean of all as far as it is uncertain itself (empirical Bayes). The variance between
/// groups is that of DerSimonian and Laird (1986): 0 where the groups differ no more than by chance.
/// </summary>
public static class GroupShrinkage
{
    /// <summary>Shrunk estimates with their variances, in the order given.</summary>
    /// <param name="groups">Estimate and variance of each group, the variance above 0.</param>
    public static IReadOnlyList<(double Estimate, double Variance)> Of(IReadOnlyList<(double Estimate, double Variance)> groups)
    {
        if (groups.Any(g => !(g.Variance > 0)))
        {
            throw new ArgumentException("Every variance must be above 0.", nameof(groups));
        }

        var (weights, squares) = (groups.Sum(g => 1 / g.Variance), groups.Sum(g => 1 / (g.Variance * g.Variance)));
        var plain = groups.Sum(g => g.Estimate / g.Variance) / weights;
        var spread = groups.Sum(g => (g.Estimate - plain) * (g.Estimate - plain) / g.Variance);
        var between = groups.Count < 2 ? 0 : Math.Max(0, (spread - (groups.Count - 1)) / (weights - (squares / weights)));
        var all = groups.Sum(g => 1 / (g.Variance + between));
        var mean = groups.Sum(g => g.Estimate / (g.Variance + between)) / all;
        return
        [
            .. groups.Select(g =>
            {
                // The share of the group's own word.
                var own = between / (between + g.Variance);
                return ((own * g.Estimate) + ((1 - own) * mean), (own * g.Variance) + ((1 - own) * (1 - own) / all));
            }),
        ];
    }
}
