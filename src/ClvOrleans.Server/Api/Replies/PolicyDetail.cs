namespace ClvOrleans.Server.Api.Replies;

/// <summary>One policy.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="History">Its definitions, the newest first.</param>
internal sealed record PolicyDetail(PolicyReply Policy, IReadOnlyList<PolicyRevision> History);
