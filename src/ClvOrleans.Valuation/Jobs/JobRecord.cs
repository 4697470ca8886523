using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>How many lines of its file an import has accounted for; it never goes back. Null in other jobs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Lines { get; init; }

    /// <summary>What was asked for, so that it can be run again; null in a job of an earlier version.</summary>
    public JsonElement? Request { get; init; }

    /// <summary>How often the service ended while it ran. Each time it is run again.</summary>
    public int Losses { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When someone cancelled it; null where nobody has.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it has no result, in one sentence; null where it has one, or runs.</summary>
    public string? Message { get; init; }

    /// <summary>What came of it; null without.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Whether it waits or runs.</summary>
    [JsonIgnore]
    public bool IsOpen => State is JobState.Waiting or JobState.Running;

    /// <summary>The number in its id; no other job of its kind has it.</summary>
    [JsonIgnore]
    public int Number => int.Parse(Id.AsSpan(Id.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    /// <summary>The id of a job.</summary>
    public static string IdOf(JobKind kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind.ToString().ToLowerInvariant()}-{number}");
}
