namespace ClvOrleans.Server.Api.Replies;

/// <summary>Some decisions.</summary>
/// <param name="Decisions">The decisions, the newest first.</param>
internal sealed record DecisionPage(IReadOnlyList<DecisionReply> Decisions);
