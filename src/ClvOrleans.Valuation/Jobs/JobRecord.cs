using System.Text.Json;

namespace ClvOrleans.Valuation.Jobs;

/// <summary>A job of a store, as it is kept from its begin on.</summary>
public sealed record JobRecord
{
    /// <summary>Its kind and number, such as training-3.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>What it is about: a model version or names of models; empty where it is about all.</summary>
    public string Subject { get; init; } = "";

    /// <summary>How far it is.</summary>
    public JobState State { get; init; }

    /// <summary>What it is at, or was at when it ended, in words.</summary>
    public string Stage { get; init; } = "";

    /// <summary>How much of it is done, 0 to 1; it never goes back.</summary>
    public double Progress { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it has no result, in one sentence; null where it has one, or runs.</summary>
    public string? Message { get; init; }

    /// <summary>What came of it; null without.</summary>
    public JsonElement? Result { get; init; }
}
