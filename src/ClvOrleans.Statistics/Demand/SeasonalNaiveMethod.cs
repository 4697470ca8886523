namespace ClvOrleans.Statistics.Demand;

/// <summary>What was sold one season earlier; before a whole season is known, what was sold last.</summary>
/// <param name="Season">Periods of a season: 52 of weeks.</param>
public sealed record SeasonalNaiveMethod(int Season) : IDemandMethod
{
    /// <inheritdoc />
    public string Name => "seasonal-naive";

    /// <inheritdoc />
    public double[] Forecast(ReadOnlySpan<double> history, int horizon)
    {
        Smoothing.Check(history, horizon);
        ArgumentOutOfRangeException.ThrowIfLessThan(Season, 1);
        var season = history.Length >= Season ? Season : 1;
        var forecast = new double[horizon];
        for (var h = 0; h < horizon && !history.IsEmpty; h++)
        {
            forecast[h] = history[history.Length - season + (h % season)];
        }

        return forecast;
    }
}
