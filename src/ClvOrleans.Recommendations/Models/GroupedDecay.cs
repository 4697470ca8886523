namespace ClvOrleans.Recommendations.Models;

/// <summary>
/// How much each basket of a customer counts (Hu et al., SIGIR 2020, arXiv 2006.00556, "TIFU-KNN"): baskets are cut into groups of nearly
/// equal size, a basket decays within its group, and a group decays among the groups.
/// </summary>
/// <param name="Groups">The most groups.</param>
/// <param name="Within">Decay from one basket to the one before it in its group.</param>
/// <param name="Among">Decay from one group to the one before it.</param>
public sealed record GroupedDecay(int Groups = 7, double Within = .9, double Among = .7)
{
    /// <summary>The weights of so many baskets, the oldest first: the mean over groups of their means over baskets.</summary>
    public float[] WeightsOf(int baskets)
    {
        var weights = new float[baskets];
        var groups = Math.Min(Groups, baskets);
        for (var g = 0; g < groups; g++)
        {
            var (first, end) = ((int)((long)g * baskets / groups), (int)((long)(g + 1) * baskets / groups));
            var ofGroup = Math.Pow(Among, groups - 1 - g) / groups / (end - first);
            for (var b = first; b < end; b++)
            {
                weights[b] = (float)(ofGroup * Math.Pow(Within, end - 1 - b));
            }
        }

        return weights;
    }
}
