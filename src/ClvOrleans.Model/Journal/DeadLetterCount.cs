namespace ClvOrleans.Model.Journal;

/// <summary>How many letters of a code and source are open.</summary>
/// <param name="Code">The code.</param>
/// <param name="Source">The source.</param>
/// <param name="Letters">Their number.</param>
public sealed record DeadLetterCount(string Code, string Source, long Letters);
