namespace ClvOrleans.Statistics.Demand;

/// <summary>A method that continues a series of units a period: weeks, as a rule. Pure: the same series gives the same forecast.</summary>
public interface IDemandMethod
{
    /// <summary>The method's name, as reports show it.</summary>
    string Name { get; }

    /// <summary>Expected units of the next periods.</summary>
    /// <param name="history">Units of past periods, the oldest first, at least 0; empty gives zeros.</param>
    /// <param name="horizon">How many periods to forecast, at least 1.</param>
    /// <exception cref="ArgumentException">A value is negative or not a number.</exception>
    double[] Forecast(ReadOnlySpan<double> history, int horizon);
}
