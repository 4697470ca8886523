namespace ClvOrleans.Policies.Experiments;

/// <summary>What a definition assumes of its metric and traffic, where the store's history cannot tell, and is shown as such.</summary>
/// <param name="Mean">Mean of the metric without the treatment; of a proportion its rate.</param>
/// <param name="Deviation">Standard deviation of the metric; null of a proportion.</param>
/// <param name="UnitsADay">Units that come on each day, at least 0.</param>
public sealed record AssumedMetric(double Mean, double? Deviation, double UnitsADay);
