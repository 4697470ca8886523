namespace ClvOrleans.Server.Api.Replies;

/// <summary>What the public API of Segment calls the data of an answer.</summary>
/// <param name="RegulateId">The id of the request.</param>
/// <param name="Regulation">The request as of now.</param>
internal sealed record RegulationData(string RegulateId, RegulationReply Regulation);
