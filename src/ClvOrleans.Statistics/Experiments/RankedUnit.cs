namespace ClvOrleans.Statistics.Experiments;

/// <summary>A unit of an experiment, with the score by which a policy would rank it.</summary>
/// <param name="Score">The higher, the sooner it would be treated.</param>
/// <param name="Treated">Whether it was treated in the experiment.</param>
/// <param name="Outcome">Its outcome.</param>
public readonly record struct RankedUnit(double Score, bool Treated, double Outcome);
