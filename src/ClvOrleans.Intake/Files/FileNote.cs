namespace ClvOrleans.Intake.Files;

/// <summary>Something that was noticed in a file.</summary>
/// <param name="Count">How often.</param>
/// <param name="First">The first times: sentences with the line and the column.</param>
public sealed record FileNote(long Count, IReadOnlyList<string> First);
