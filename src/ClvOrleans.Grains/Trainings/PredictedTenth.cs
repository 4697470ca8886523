namespace ClvOrleans.Grains.Trainings;

/// <summary>A tenth of the buyers.</summary>
/// <param name="Customers">Number of buyers.</param>
/// <param name="Orders">Their purchase days.</param>
/// <param name="Value">Their net spend, in major units.</param>
public sealed record PredictedTenth(long Customers, PredictedLevel Orders, PredictedLevel Value)
{
    /// <summary>How often values were within their intervals; null but for the last month predicted.</summary>
    public PredictedIntervals? Intervals { get; init; }
}
