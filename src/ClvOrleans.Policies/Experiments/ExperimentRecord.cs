using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>An experiment as it is kept.</summary>
public sealed record ExperimentRecord
{
    /// <summary>Its definition.</summary>
    public required Experiment Definition { get; init; }

    /// <summary>Counts its changes, from 1 on: a change of an older revision is not kept.</summary>
    public required int Revision { get; init; }

    /// <summary>How far it is.</summary>
    public ExperimentState State { get; init; }

    /// <summary>
    /// The splits that have been in use, the last one being the present one. Units that were exposed under an earlier one keep their arm,
    /// are checked against its shares, and are shown apart.
    /// </summary>
    public required ImmutableArray<ImmutableArray<ArmRange>> Splits { get; init; }

    /// <summary>What it needs, computed when it was defined.</summary>
    public required ExperimentForecast Forecast { get; init; }

    /// <summary>How an expected margin is made, fitted when the experiment was defined; null for other metrics.</summary>
    public Surrogate? Surrogate { get; init; }

    /// <summary>When it was defined.</summary>
    public required DateTimeOffset DefinedAt { get; init; }

    /// <summary>When it began to expose; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it exposed no more; null before.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The number of the present split.</summary>
    [JsonIgnore]
    public int Split => Splits.Length - 1;

    /// <summary>The present split.</summary>
    [JsonIgnore]
    public Allocation Allocation => new(Splits[^1]);

    /// <summary>Whether somebody is exposed at an instant: it runs, and its planned days are not over.</summary>
    public bool ExposesAt(DateTimeOffset now) => State == ExperimentState.Running && StartedAt is { } start
        && now < start.AddDays(Definition.PlannedDays);

    /// <summary>
    /// The shares of a split, by arm of the definition; 0 for those without a place. Where the places are the definition's shares, rounded,
    /// these are meant.
    /// </summary>
    public double[] SharesOf(int split)
    {
        double[] shares =
        [
            .. Definition.Arms.Select(a => Splits[split].Where(r => r.Arm == a.Arm).Sum(r => r.To - r.From) / (double)Allocation.Places),
        ];
        return Definition.Arms.Select((a, i) => Math.Abs(a.Share - shares[i])).Max() < 2.0 / Allocation.Places
            ? [.. Definition.Arms.Select(a => a.Share)]
            : shares;
    }
}
