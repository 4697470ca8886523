using System.Text.Json;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Grains.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="State">Succeeded, refused, cancelled or failed.</param>
/// <param name="Message">Why it has no result; null where it has one.</param>
/// <param name="Result">What came of it.</param>
public sealed record JobOutcome(JobState State, string? Message = null, JsonElement? Result = null)
{
    /// <summary>Someone cancelled it, and nothing changed.</summary>
    public static JobOutcome Cancelled { get; } = Cancellation("nothing changed");

    /// <summary>Someone cancelled it.</summary>
    /// <param name="remainder">What is true of the store now, as the end of a sentence.</param>
    public static JobOutcome Cancellation(string remainder) => new(JobState.Cancelled, $"Cancelled; {remainder}.");

    /// <summary>It has a result.</summary>
    public static JobOutcome Success(JsonElement result) => new(JobState.Succeeded, null, result);

    /// <summary>The data do not carry one.</summary>
    public static JobOutcome Refusal(string message) => new(JobState.Refused, message);

    /// <summary>An error ended it.</summary>
    public static JobOutcome Failure(string message) => new(JobState.Failed, message);
}
