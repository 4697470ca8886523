namespace ClvOrleans.Statistics.Demand;

/// <summary>Simple exponential smoothing, from the first value on.</summary>
internal static class Smoothing
{
    private const double LeastAlpha = .1;
    private const double GreatestAlpha = .3;
    private const int Halvings = 40;

    /// <summary>The level after the last value.</summary>
    public static double Level(ReadOnlySpan<double> values, double alpha) => Run(values, alpha).Level;

    /// <summary>
    /// The level by the α between .1 and .3 that would have forecast each value best from those before it. The range is that of the
    /// published figures of ADIDA and IMAPA.
    /// </summary>
    public static double BestLevel(ReadOnlySpan<double> values)
    {
        // Golden section search.
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (LeastAlpha, GreatestAlpha);
        var (left, right) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
        var (errorLeft, errorRight) = (Run(values, left).Error, Run(values, right).Error);
        for (var i = 0; i < Halvings; i++)
        {
            if (errorLeft < errorRight)
            {
                (high, right, errorRight) = (right, left, errorLeft);
                left = high - (ratio * (high - low));
                errorLeft = Run(values, left).Error;
            }
            else
            {
                (low, left, errorLeft) = (left, right, errorRight);
                right = low + (ratio * (high - low));
                errorRight = Run(values, right).Error;
            }
        }

        // An end of the range may be the best, and the search only nears it.
        var (best, error) = ((low + high) / 2, Run(values, (low + high) / 2).Error);
        foreach (var end in (ReadOnlySpan<double>)[GreatestAlpha, LeastAlpha])
        {
            (best, error) = Run(values, end).Error is var atEnd && atEnd <= error ? (end, atEnd) : (best, error);
        }

        return Level(values, best);
    }

    /// <summary>Refuses what is no demand. <exception cref="ArgumentException">A value is negative or not a number.</exception></summary>
    public static void Check(ReadOnlySpan<double> history, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        foreach (var value in history)
        {
            if (!(value >= 0) || double.IsPositiveInfinity(value))
            {
                throw new ArgumentException($"history: {value} is not a number of units, at least 0.", nameof(history));
            }
        }
    }

    /// <summary>The same in every period.</summary>
    public static double[] Flat(double level, int horizon)
    {
        var flat = new double[horizon];
        Array.Fill(flat, level);
        return flat;
    }

    private static (double Level, double Error) Run(ReadOnlySpan<double> values, double alpha)
    {
        var (level, error) = (values[0], 0.0);
        foreach (var value in values[1..])
        {
            error += (value - level) * (value - level);
            level = (alpha * value) + ((1 - alpha) * level);
        }

        return (level, error);
    }
}
