namespace ClvOrleans.Server.Api.Replies;

/// <summary>Entries of the audit log.</summary>
/// <param name="Entries">The latest first.</param>
/// <param name="Next">Where to go on, as cursor; null at the end.</param>
internal sealed record AuditPage(IReadOnlyList<AuditReply> Entries, string? Next);
