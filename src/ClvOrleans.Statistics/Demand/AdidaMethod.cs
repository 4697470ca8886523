namespace ClvOrleans.Statistics.Demand;

/// <summary>
/// Aggregate and disaggregate (Nikolopoulos et al. 2011): smooths sums over as many periods as demands are apart on average.
/// </summary>
public sealed record AdidaMethod : IDemandMethod
{
    /// <inheritdoc />
    public string Name => "adida";

    /// <inheritdoc />
    public double[] Forecast(ReadOnlySpan<double> history, int horizon)
    {
        Smoothing.Check(history, horizon);
        var length = Intermittent.MeanInterval(history);
        return Smoothing.Flat(history.Length < length || history.IsEmpty ? 0 : Intermittent.ByBlocks(history, length), horizon);
    }
}
