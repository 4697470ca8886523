namespace ClvOrleans.Statistics.Demand;

/// <summary>
/// Croston's method (1972): the smoothed size of demands by their smoothed interval. Without demand the forecast stays as it was.
/// </summary>
/// <param name="Alpha">Smoothing of both, above 0 and at most 1.</param>
public sealed record CrostonMethod(double Alpha = .1) : IDemandMethod
{
    /// <inheritdoc />
    public string Name => "croston";

    /// <inheritdoc />
    public double[] Forecast(ReadOnlySpan<double> history, int horizon)
    {
        Smoothing.Check(history, horizon);
        return Smoothing.Flat(Rate(history, Alpha), horizon);
    }

    internal static double Rate(ReadOnlySpan<double> history, double alpha)
    {
        var (sizes, intervals) = Intermittent.Split(history);
        return sizes.Length == 0 ? 0 : Smoothing.Level(sizes, alpha) / Smoothing.Level(intervals, alpha);
    }
}
