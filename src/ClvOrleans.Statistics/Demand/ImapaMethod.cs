namespace ClvOrleans.Statistics.Demand;

/// <summary>The mean of forecasts by sums over 1, 2, … periods, up to those of ADIDA (Petropoulos and Kourentzes 2015).</summary>
public sealed record ImapaMethod : IDemandMethod
{
    /// <inheritdoc />
    public string Name => "imapa";

    /// <inheritdoc />
    public double[] Forecast(ReadOnlySpan<double> history, int horizon)
    {
        Smoothing.Check(history, horizon);
        var lengths = Math.Min(history.Length, Intermittent.MeanInterval(history));
        var sum = 0.0;
        for (var length = 1; length <= lengths; length++)
        {
            sum += Intermittent.ByBlocks(history, length);
        }

        return Smoothing.Flat(lengths == 0 ? 0 : sum / lengths, horizon);
    }
}
