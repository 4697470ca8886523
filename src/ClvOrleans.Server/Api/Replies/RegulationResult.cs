namespace ClvOrleans.Server.Api.Replies;

/// <summary>What came of a request to erase or suppress people.</summary>
/// <param name="RegulationType">What was asked for.</param>
/// <param name="Subjects">How many ids were named.</param>
/// <param name="Found">How many of them were known.</param>
/// <param name="Events">How many events were erased.</param>
/// <param name="Texts">How many dead letters and ended jobs were removed, since they named one of them.</param>
internal sealed record RegulationResult(string RegulationType, int Subjects, int Found, long Events, long Texts);
