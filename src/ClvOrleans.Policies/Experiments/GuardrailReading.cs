namespace ClvOrleans.Policies.Experiments;

/// <summary>A guardrail of an arm.</summary>
/// <param name="Reading">Its metric, compared with the control.</param>
/// <param name="MostHarm">The accepted harm.</param>
/// <param name="Standing">What is known of it.</param>
public sealed record GuardrailReading(MetricReading Reading, double MostHarm, GuardrailStanding Standing);
