namespace ClvOrleans.Intake.Files;

/// <summary>A column of a format: its name there and in files, and whether files must have it.</summary>
internal sealed record CsvColumn(string Name, bool Required, params string[] Aliases);
