namespace ClvOrleans.Server.Api.Replies;

/// <summary>What people have asked for and wait for.</summary>
/// <param name="Requests">The oldest first.</param>
/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record PrivacyRequestList(IReadOnlyList<PrivacyRequestView> Requests, string? Next);
