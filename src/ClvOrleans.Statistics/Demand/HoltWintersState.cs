namespace ClvOrleans.Statistics.Demand;

/// <summary>
/// Level, trend and season after a series. They start from a decomposition of the first two seasons by moving averages, as in R's
/// HoltWinters.
/// </summary>
internal sealed class HoltWintersState
{
    private readonly bool _multiplies;
    private readonly double[] _season;

    private HoltWintersState(bool multiplies, double level, double trend, double[] season) =>
        (_multiplies, Level, Trend, _season) = (multiplies, level, trend, season);

    public double Level { get; private set; }

    public double Trend { get; private set; }

    /// <summary>Effects by place in the season, from the first value on.</summary>
    public ReadOnlySpan<double> Season => _season;

    /// <summary>The state after the whole series, and the sum of squared one-step errors.</summary>
    public static (HoltWintersState State, double Error) Run(
        ReadOnlySpan<double> history, int season, bool multiplies, HoltWintersParameters parameters)
    {
        var state = Start(history, season, multiplies);
        var error = 0.0;
        for (var t = season; t < history.Length; t++)
        {
            var missed = history[t] - state.After(t, 1, parameters.Damping);
            error += missed * missed;
            state.Take(history[t], t, parameters);
        }

        return (state, error);
    }

    /// <summary>Forecast of a period.</summary>
    /// <param name="t">Place of the period in the series.</param>
    /// <param name="steps">How many periods after the last value.</param>
    /// <param name="damping">φ.</param>
    public double After(int t, int steps, double damping)
    {
        var trends = damping == 1 ? steps : damping * (1 - Math.Pow(damping, steps)) / (1 - damping);
        var level = Level + (trends * Trend);
        return _multiplies ? level * _season[t % _season.Length] : level + _season[t % _season.Length];
    }

    private void Take(double value, int t, HoltWintersParameters parameters)
    {
        var (place, expected) = (t % _season.Length, Level + (parameters.Damping * Trend));
        var effect = _season[place];
        var level = (parameters.Level * (_multiplies ? value / effect : value - effect)) + ((1 - parameters.Level) * expected);
        Trend = (parameters.Trend * (level - Level)) + ((1 - parameters.Trend) * parameters.Damping * Trend);
        Level = level;
        _season[place] = (parameters.Season * (_multiplies ? value / level : value - level)) + ((1 - parameters.Season) * effect);
    }

    private static HoltWintersState Start(ReadOnlySpan<double> history, int season, bool multiplies)
    {
        var (half, smooth) = (season / 2, new List<double>());
        var effects = new double[season];
        var counts = new int[season];
        for (var t = half; t < (2 * season) - half; t++)
        {
            // Of an even season the ends count half; of an odd one all values count.
            var sum = 0.0;
            for (var i = t - half; i <= t + half; i++)
            {
                sum += season % 2 == 0 && (i == t - half || i == t + half) ? history[i] / 2 : history[i];
            }

            smooth.Add(sum / season);
            effects[t % season] += multiplies ? history[t] / smooth[^1] : history[t] - smooth[^1];
            counts[t % season]++;
        }

        for (var i = 0; i < season; i++)
        {
            effects[i] /= counts[i];
        }

        var centre = effects.Average();
        for (var i = 0; i < season; i++)
        {
            effects[i] = multiplies ? effects[i] / centre : effects[i] - centre;
        }

        var (level, trend) = Line(smooth);
        return new(multiplies, level, trend, effects);
    }

    // Least squares of the values at 1, 2, …
    private static (double Level, double Trend) Line(List<double> values)
    {
        var (middle, mean) = ((values.Count + 1) / 2.0, values.Average());
        var (above, below) = (0.0, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            above += (i + 1 - middle) * (values[i] - mean);
            below += (i + 1 - middle) * (i + 1 - middle);
        }

        var trend = below > 0 ? above / below : 0;
        return (mean - (trend * middle), trend);
    }
}
