namespace ClvOrleans.Intake.Files;

/// <summary>Why a line is not imported.</summary>
/// <param name="Line">The line's number, from 1 and with the header.</param>
/// <param name="Code">The reason, one of <see cref="RefusalCodes"/>.</param>
/// <param name="Message">A sentence that names the column.</param>
public sealed record HistoryRefusal(long Line, string Code, string Message);
