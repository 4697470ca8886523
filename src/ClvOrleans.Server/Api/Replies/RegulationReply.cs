namespace ClvOrleans.Server.Api.Replies;

/// <summary>A request to erase or suppress people.</summary>
/// <param name="Id">Its id, which is that of its job too.</param>
/// <param name="WorkspaceId">The store.</param>
/// <param name="OverallStatus">INITIALIZED, RUNNING, FINISHED, PARTIAL_SUCCESS (it was cancelled) or FAILED.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended; null before.</param>
/// <param name="Progress">How much of it is done, 0 to 1.</param>
/// <param name="Stage">What it is at, in words.</param>
/// <param name="Result">How many people, events and texts it was; null before it has ended.</param>
/// <param name="Message">Why it has no result; null where it has one, or runs.</param>
internal sealed record RegulationReply(
    string Id, string WorkspaceId, string OverallStatus, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, double Progress,
    string Stage, RegulationResult? Result, string? Message);
