namespace ClvOrleans.Intake.Files;

/// <summary>A record of a CSV file, which may span lines.</summary>
internal readonly record struct CsvLine(string[] Fields, long First, long Last, LineFlaw Flaw);
