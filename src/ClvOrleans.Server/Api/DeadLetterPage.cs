using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Server.Api;

/// <summary>A page of refused events, oldest first.</summary>
/// <param name="Open">How many of all letters are open, by code and source, and how many refused events were only counted.</param>
/// <param name="Letters">The letters.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetterCount> Open, IReadOnlyList<DeadLetterView> Letters, string? Next);
