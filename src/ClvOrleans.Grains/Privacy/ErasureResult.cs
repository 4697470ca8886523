namespace ClvOrleans.Grains.Privacy;

/// <summary>What came of a request: no ids.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Subjects">How many ids were named.</param>
/// <param name="Found">How many of them had events, or were suppressed and are no more.</param>
/// <param name="Events">How many events were erased.</param>
/// <param name="Texts">How many dead letters and jobs were removed since they named one of them.</param>
public sealed record ErasureResult(ErasureKind Kind, int Subjects, int Found, long Events, long Texts);
