using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Valuation.Trainings;

/// <summary>A training as the registry keeps it: also one that changed nothing.</summary>
public sealed record TrainingRecord
{
    /// <summary>Counts the trainings of the store, from 1; the last part of its versions' names.</summary>
    public required int Number { get; init; }

    /// <summary>Why it was begun.</summary>
    public required TrainingCause Cause { get; init; }

    /// <summary>How it ended.</summary>
    public TrainingOutcome Outcome { get; init; }

    /// <summary>What it is at, or was at when it ended.</summary>
    public string Stage { get; init; } = "";

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The version that it promoted; null where it changed nothing.</summary>
    public string? Champion { get; init; }

    /// <summary>How well ratings were told from the words of reviews; null where there was nothing to learn from.</summary>
    public ReviewTrial? Reviews { get; init; }

    /// <summary>What scores the words of reviews from now on; empty where nothing does. Kept beside the record.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> ReviewScorer { get; init; }

    /// <summary>What was learned for recommendations; null where no product was bought.</summary>
    public RecommendationTrial? Recommendations { get; init; }

    /// <summary>The model of recommendations; empty where nothing was learned. Kept beside the record.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> RecommendationModel { get; init; }

    /// <summary>What was done and found: the customers seen, each model's fit or why it was refused, which won and why.</summary>
    public ImmutableArray<LogLine> Log { get; init => field = value.IsDefault ? [] : value; } = [];
}
