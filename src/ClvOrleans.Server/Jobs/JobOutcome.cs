using System.Text.Json;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="State">Succeeded or refused.</param>
/// <param name="Message">Why it has no result; null where it has one.</param>
/// <param name="Result">What came of it.</param>
internal sealed record JobOutcome(JobState State, string? Message = null, JsonElement? Result = null)
{
    public static JobOutcome Success(JsonElement result) => new(JobState.Succeeded, null, result);

    public static JobOutcome Refusal(string message) => new(JobState.Refused, message);
}
