namespace ClvOrleans.Statistics.Demand;

/// <summary>The origins from which demand is forecast in a backtest.</summary>
/// <param name="First">Periods that the first forecast sees, at least 1.</param>
/// <param name="Step">Periods from one origin to the next, at least 1.</param>
/// <param name="Horizon">Periods that each forecasts, at least 1; the last origin is as late as they allow.</param>
/// <param name="Level">Share of values that intervals are to hold, between 0 and 1.</param>
public sealed record DemandOrigins(int First, int Step = 1, int Horizon = 4, double Level = .8)
{
    /// <summary>The periods that each forecast sees, ascending; empty where the series are too short.</summary>
    public IEnumerable<int> Of(int periods)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(First, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Step, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Horizon, 1);
        for (var seen = First; seen + Horizon <= periods; seen += Step)
        {
            yield return seen;
        }
    }
}
