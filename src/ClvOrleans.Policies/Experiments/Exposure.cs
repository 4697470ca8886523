using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// That somebody has been shown what an arm shows, or was decided for or held out by a policy; with what was known at that moment, which
/// no treatment can have touched.
/// </summary>
public sealed record Exposure
{
    /// <summary>What it belongs to: <c>experiment/ID</c> or <c>policy/ID</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// What it is kept under: the identity that was exposed, as in <see cref="CustomerId.ToText"/>, or the id of a decision.
    /// </summary>
    public required string Unit { get; init; }

    /// <summary>The customer; after a merge whom the exposed identity has become.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The arm.</summary>
    public required string Arm { get; init; }

    /// <summary>Counts the splits of the experiment: which one assigned the arm.</summary>
    public int Split { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The last local day of its window. What happens later is no outcome.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Predicted margin over the store's horizon at that moment; nothing for someone who was not known.</summary>
    public Money Predicted { get; init; }

    /// <summary>Predicted value at that moment; of a decision.</summary>
    public Money Value { get; init; }

    /// <summary>Revenue at risk at that moment; of a decision.</summary>
    public Money AtRisk { get; init; }

    /// <summary>What the action cost; nothing for the held-out, and for experiments.</summary>
    public Money Cost { get; init; }

    /// <summary>With what probability the customer was to be held out, 0 to 1; null where it is not known, and for experiments.</summary>
    public double? Holdout { get; init; }

    /// <summary>The segment at that moment, such as <c>at-risk</c>.</summary>
    public string Segment { get; init; } = "";

    /// <summary>The model version of the prediction; null without one.</summary>
    public string? Model { get; init; }

    /// <summary>The subject of an experiment.</summary>
    public static string SubjectOf(ExperimentId experiment) => $"experiment/{experiment}";
}
