namespace ClvOrleans.Server.Api.Replies;

/// <summary>The last requests to erase or suppress people, the latest first.</summary>
/// <param name="Regulations">The requests.</param>
internal sealed record RegulationList(IReadOnlyList<RegulationReply> Regulations);
