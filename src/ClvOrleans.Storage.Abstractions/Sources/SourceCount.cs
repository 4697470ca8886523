namespace ClvOrleans.Storage.Sources;

/// <summary>How many events of a source had an outcome for a reason.</summary>
/// <param name="Source">The source.</param>
/// <param name="Outcome">What became of them.</param>
/// <param name="Code">The reason as a word; blank where the outcome has none.</param>
/// <param name="Events">How many.</param>
/// <param name="LastAt">When the last one came.</param>
public sealed record SourceCount(string Source, SourceOutcome Outcome, string Code, long Events, DateTimeOffset LastAt);
