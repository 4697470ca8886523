namespace ClvOrleans.Statistics.Demand;

/// <summary>A series with many zeros, as sizes and intervals of demand.</summary>
internal static class Intermittent
{
    /// <summary>The values above zero, and the periods from each to the one before it, the first from the beginning.</summary>
    public static (double[] Sizes, double[] Intervals) Split(ReadOnlySpan<double> history)
    {
        var (sizes, intervals, last) = (new List<double>(), new List<double>(), -1);
        for (var t = 0; t < history.Length; t++)
        {
            if (history[t] > 0)
            {
                sizes.Add(history[t]);
                intervals.Add(t - last);
                last = t;
            }
        }

        return ([.. sizes], [.. intervals]);
    }

    /// <summary>The mean interval, rounded: periods that hold one demand on average. At least 1.</summary>
    public static int MeanInterval(ReadOnlySpan<double> history)
    {
        var intervals = Split(history).Intervals;
        return intervals.Length == 0 ? 1 : Math.Max(1, (int)Math.Round(intervals.Average()));
    }

    /// <summary>
    /// Expected units a period by sums of so many periods; an incomplete sum at the beginning is left out.
    /// </summary>
    public static double ByBlocks(ReadOnlySpan<double> history, int length)
    {
        var sums = new double[history.Length / length];
        for (int block = 0, t = history.Length % length; block < sums.Length; block++)
        {
            for (var i = 0; i < length; i++)
            {
                sums[block] += history[t++];
            }
        }

        return Smoothing.BestLevel(sums) / length;
    }
}
