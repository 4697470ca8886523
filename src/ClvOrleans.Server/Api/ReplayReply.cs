namespace ClvOrleans.Server.Api;

/// <summary>What became of many letters.</summary>
/// <param name="Accepted">Letters whose events count now, or did before.</param>
/// <param name="Refused">Letters that were refused again; they stay open.</param>
/// <param name="Next">Cursor to go on from; null when all were replayed.</param>
internal sealed record ReplayReply(int Accepted, int Refused, string? Next);
