namespace ClvOrleans.Valuation.Drift;

/// <summary>What came of a predicted total.</summary>
/// <param name="Actual">Net spend of the group, in minor units.</param>
/// <param name="Place">Where it stands in the predicted distribution: the probability of at most so much, 0 to 1.</param>
/// <param name="Hits">How often what single customers spent was within their own intervals.</param>
/// <param name="Score">Mean interval score (Winkler) of these, in minor units.</param>
public sealed record TotalOutcome(double Actual, double Place, IntervalHits Hits, double Score);
