namespace ClvOrleans.Statistics.Demand;

/// <summary>Croston's method without its bias: times 1 − α / 2 (Syntetos and Boylan 2005).</summary>
/// <param name="Alpha">Smoothing of sizes and intervals, above 0 and at most 1.</param>
public sealed record SbaMethod(double Alpha = .1) : IDemandMethod
{
    /// <inheritdoc />
    public string Name => "sba";

    /// <inheritdoc />
    public double[] Forecast(ReadOnlySpan<double> history, int horizon)
    {
        Smoothing.Check(history, horizon);
        return Smoothing.Flat((1 - (Alpha / 2)) * CrostonMethod.Rate(history, Alpha), horizon);
    }
}
