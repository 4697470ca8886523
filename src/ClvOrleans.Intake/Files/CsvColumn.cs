namespace ClvOrleans.Intake.Files;

/// <summary>
/// A column of a format: its name there, what it holds, whether files must have it, and what else files call it, the usual name first.
/// </summary>
internal sealed record CsvColumn(string Name, bool Required, ColumnKind Kind, params string[] Aliases);
