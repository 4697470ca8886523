namespace ClvOrleans.Statistics.Demand;

/// <summary>How a season acts on the level.</summary>
public enum Seasonality
{
    /// <summary>It adds so many units.</summary>
    Additive = 0,

    /// <summary>It multiplies: a season grows with the level.</summary>
    Multiplicative = 1,
}
