namespace ClvOrleans.Reports.Tables;

/// <summary>A column of a report.</summary>
/// <param name="Name">Its name, the same in every format.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Meaning">What they say.</param>
public sealed record ReportColumn(string Name, ColumnKind Kind, string Meaning);
