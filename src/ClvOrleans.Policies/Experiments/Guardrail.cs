namespace ClvOrleans.Policies.Experiments;

/// <summary>A metric that the treatment must not harm.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="MostHarm">
/// The greatest harm that is accepted, absolute and in units of the metric, above 0: a fall, or of unsubscriptions a rise.
/// </param>
public sealed record Guardrail(Metric Metric, double MostHarm);
