namespace ClvOrleans.Benchmarks;

/// <summary>Medians and quartiles of what was measured.</summary>
internal static class Quartiles
{
    public static double Median(IEnumerable<double> values) => At([.. values.Order()], .5);

    /// <summary>Ratios of pairs as text: the median, the quartiles, and how many there are.</summary>
    public static string Of(IEnumerable<double> ratios)
    {
        double[] sorted = [.. ratios.Order()];
        return FormattableString.Invariant(
            $"{At(sorted, .5):0.000} ({At(sorted, .25):0.000} to {At(sorted, .75):0.000}), {sorted.Length} pairs");
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
