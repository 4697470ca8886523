namespace ClvOrleans.Server.Api.Replies;

/// <summary>A page of transitions.</summary>
/// <param name="Currency">The currency of all money here, ISO 4217.</param>
/// <param name="Transitions">The transitions, the newest first.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record TransitionPage(string Currency, IReadOnlyList<TransitionReply> Transitions, string? Next);
