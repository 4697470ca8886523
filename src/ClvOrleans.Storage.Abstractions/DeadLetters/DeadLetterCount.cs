namespace ClvOrleans.Storage.DeadLetters;

/// <summary>How many events of a code and source were refused and wait for someone.</summary>
/// <param name="Code">The code.</param>
/// <param name="Source">The source.</param>
/// <param name="Letters">Those that are kept and not replayed.</param>
/// <param name="Beyond">Those that came beyond the quota of the source, and were only counted.</param>
public sealed record DeadLetterCount(string Code, string Source, long Letters, long Beyond);
