namespace ClvOrleans.Statistics.Demand;

/// <summary>
/// The smoothed size of demands times the smoothed chance of one (Teunter, Syntetos and Babai 2011): the chance falls with every period
/// without demand, so products that are no longer sold fade out.
/// </summary>
/// <param name="SizeAlpha">Smoothing of sizes, above 0 and at most 1.</param>
/// <param name="ChanceAlpha">Smoothing of the chance, above 0 and at most 1.</param>
public sealed record TsbMethod(double SizeAlpha = .1, double ChanceAlpha = .1) : IDemandMethod
{
    /// <inheritdoc />
    public string Name => "tsb";

    /// <inheritdoc />
    public double[] Forecast(ReadOnlySpan<double> history, int horizon)
    {
        Smoothing.Check(history, horizon);
        var (sizes, _) = Intermittent.Split(history);
        if (sizes.Length == 0)
        {
            return new double[horizon];
        }

        var occurs = new double[history.Length];
        for (var t = 0; t < occurs.Length; t++)
        {
            occurs[t] = history[t] > 0 ? 1 : 0;
        }

        return Smoothing.Flat(Smoothing.Level(sizes, SizeAlpha) * Smoothing.Level(occurs, ChanceAlpha), horizon);
    }
}
