using System.Collections.Immutable;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>An arm, compared with the control.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Verdict">What the stop rule says.</param>
/// <param name="Primary">The metric that decides.</param>
/// <param name="Guardrails">The guardrails.</param>
/// <param name="Segments">
/// The effect within each segment as of the exposure, with p-values that account for how many were compared; with
/// <see cref="MetricReading.Once"/> only, and null before.
/// </param>
/// <param name="Rollout">
/// Whether treating everybody pays, by the effect of one look on an amount; null for other metrics, and before.
/// </param>
public sealed record ArmReading(
    string Arm, Verdict Verdict, MetricReading Primary, ImmutableArray<GuardrailReading> Guardrails, SegmentEffects? Segments,
    RolloutDecision? Rollout);
