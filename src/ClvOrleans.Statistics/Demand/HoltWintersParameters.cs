namespace ClvOrleans.Statistics.Demand;

/// <summary>Parameters of Holt and Winters' method, each between 0 and 1.</summary>
/// <param name="Level">α, of the level.</param>
/// <param name="Trend">β, of the trend.</param>
/// <param name="Season">γ, of the season.</param>
/// <param name="Damping">φ, by which the trend shrinks each period; 1 leaves it as it is.</param>
public readonly record struct HoltWintersParameters(double Level, double Trend, double Season, double Damping = 1);
