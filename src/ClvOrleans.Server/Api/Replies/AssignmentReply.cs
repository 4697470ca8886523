namespace ClvOrleans.Server.Api.Replies;

/// <summary>The arm of somebody.</summary>
/// <param name="Arm">The arm to show.</param>
/// <param name="IsExposed">Whether the exposure is kept, and the unit counts.</param>
/// <param name="Why">Exposed, Assigned (only looked), NotRunning, NotInAudience or Visitor.</param>
/// <param name="At">When the unit was first exposed; null where it was not.</param>
internal sealed record AssignmentReply(string Arm, bool IsExposed, string Why, DateTimeOffset? At = null);
