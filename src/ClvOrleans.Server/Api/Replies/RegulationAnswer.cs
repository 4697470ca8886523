namespace ClvOrleans.Server.Api.Replies;

/// <summary>One request to erase or suppress people.</summary>
/// <param name="Data">The request.</param>
internal sealed record RegulationAnswer(RegulationData Data);
