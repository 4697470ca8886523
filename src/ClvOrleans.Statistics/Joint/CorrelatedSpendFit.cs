namespace ClvOrleans.Statistics.Joint;

/// <summary>How strongly purchases and spend depend on each other.</summary>
/// <param name="Model">The model.</param>
/// <param name="StandardError">Standard error of ω, its marginals taken as known.</param>
/// <param name="Gain">2 Δ ln L against independence; above 3.84 once in twenty by chance.</param>
public sealed record CorrelatedSpendFit(CorrelatedSpend Model, double StandardError, double Gain);
