namespace ClvOrleans.Storage.DeadLetters;

/// <summary>Which dead letters are meant.</summary>
/// <param name="Code">Those of this code.</param>
/// <param name="Source">Those of this source.</param>
/// <param name="Since">Those received at or after this time.</param>
/// <param name="OpenOnly">Those not yet replayed.</param>
public sealed record DeadLetterQuery(string? Code = null, string? Source = null, DateTimeOffset? Since = null, bool OpenOnly = false);
