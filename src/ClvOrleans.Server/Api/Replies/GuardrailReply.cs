using ClvOrleans.Policies.Experiments;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A guardrail of an arm.</summary>
/// <param name="MostHarm">The accepted harm.</param>
/// <param name="Standing">Holds, Harmed or Undecided.</param>
/// <param name="Metric">Its metric, compared with the control.</param>
internal sealed record GuardrailReply(double MostHarm, GuardrailStanding Standing, MetricReply Metric);
