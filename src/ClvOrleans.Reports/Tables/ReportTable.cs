using System.Collections.Immutable;

namespace ClvOrleans.Reports.Tables;

/// <summary>
/// A report: one table, which is the same in JSON, CSV and Parquet. Cells are of the type of their column: <see cref="string"/>,
/// <see cref="DateOnly"/>, <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>, <see cref="bool"/> or null.
/// </summary>
public sealed record ReportTable
{
    /// <summary>The report's name.</summary>
    public required string Report { get; init; }

    /// <summary>The store's day of which it is.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Currency of amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>The columns.</summary>
    public required ImmutableArray<ReportColumn> Columns { get; init; }

    /// <summary>The rows, a cell a column.</summary>
    public required ImmutableArray<object?[]> Rows { get; init; }

    /// <summary>How figures were made private; null where they are exact.</summary>
    public TableNoise? Noise { get; init; }

    /// <summary>What is assumed, or left out.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
