namespace ClvOrleans.Statistics.Numerics;

/// <summary>Quantiles of a sample, between neighbours in proportion: type 7 of Hyndman and Fan (1996), as in most programs.</summary>
public static class SampleQuantile
{
    /// <summary>The value below which a share of a sample lies; 0 of an empty one.</summary>
    /// <param name="sorted">The sample, ascending.</param>
    /// <param name="share">The share, 0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            return 0;
        }

        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
