namespace ClvOrleans.Server.Api.Replies;

/// <summary>How many entered and left an own segment.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Entered">How often somebody entered it.</param>
/// <param name="Left">How often somebody left it.</param>
internal sealed record TransitionTally(string Segment, long Entered, long Left);
