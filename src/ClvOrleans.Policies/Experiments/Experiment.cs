using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// The definition of an experiment: everything that decides what its reading says, laid down before the first exposure.
/// </summary>
public sealed record Experiment
{
    /// <summary>Its name in addresses.</summary>
    public required ExperimentId Id { get; init; }

    /// <summary>What is expected, and why, in a sentence.</summary>
    public required string Hypothesis { get; init; }

    /// <summary>The arms and their shares, which add up to 1. The first is the control, with which the others are compared.</summary>
    public required ImmutableArray<ArmShare> Arms { get; init; }

    /// <summary>Who can be exposed. Default everybody.</summary>
    public ExperimentUnit Unit { get; init; }

    /// <summary>A rule: only those for whom it holds are exposed, others get the control. Null for all.</summary>
    public string? Audience { get; init; }

    /// <summary>The metric that decides.</summary>
    public required Metric Primary { get; init; }

    /// <summary>Metrics that must not be harmed.</summary>
    public ImmutableArray<Guardrail> Guardrails { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// The least effect that is worth finding, absolute and in units of the metric, not 0; a fall where it is negative.
    /// </summary>
    public required double LeastEffect { get; init; }

    /// <summary>Error rate over all looks, and all arms together. Default .05.</summary>
    public double Alpha { get; init; } = .05;

    /// <summary>How often the least effect is found if it is there. Default .8.</summary>
    public double Power { get; init; } = .8;

    /// <summary>
    /// The one stop rule: to read once, when the planned units have matured; or at any time, by a confidence sequence, which is safe to
    /// look
    /// at and takes about twice the units. Default at any time.
    /// </summary>
    public Reading StopRule { get; init; } = Reading.AnyTime;

    /// <summary>Whole local days after that of an exposure for which its outcome is counted, 0 to 365. Default 14.</summary>
    public int MaturityDays { get; init; } = 14;

    /// <summary>For how many days units are exposed, 1 to 365. Default 28.</summary>
    public int PlannedDays { get; init; } = 28;

    /// <summary>What treating one unit costs, in whole units of the store's currency, at least 0. Default 0.</summary>
    public double Cost { get; init; }

    /// <summary>What tells its hash from others. Default its id.</summary>
    public string? Salt { get; init; }

    /// <summary>What is assumed where the store's history cannot tell. Null asks the history.</summary>
    public AssumedMetric? Assumed { get; init; }

    /// <summary>The control.</summary>
    [JsonIgnore]
    public string Control => Arms[0].Arm;

    /// <summary>Error rate of the comparison of one arm with the control (Bonferroni).</summary>
    [JsonIgnore]
    public double AlphaOfArm => Alpha / Math.Max(1, Arms.Count(a => a.Share > 0) - 1);

    /// <summary>The salt of the hash.</summary>
    [JsonIgnore]
    public string AssignmentSalt => Salt ?? Assignment.SaltOf(Id);
}
