namespace ClvOrleans.Statistics.Demand;

/// <summary>How good a method was over all origins.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Series">Weighted absolute percentage error over every series and period.</param>
/// <param name="Total">The same of the sum of all series, by the sum of their forecasts.</param>
/// <param name="Coverage">Share of values within their interval; not a number where no interval could be made.</param>
/// <param name="Origins">Origins.</param>
public sealed record DemandScore(string Method, double Series, double Total, double Coverage, int Origins);
