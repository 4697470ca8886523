using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>A report as JSON: the table that CSV and Parquet hold too.</summary>
/// <param name="Report">Its name.</param>
/// <param name="AsOf">The store's day of which it is.</param>
/// <param name="Currency">Currency of amounts.</param>
/// <param name="Columns">The columns with their meaning.</param>
/// <param name="Rows">The rows, cells by the names of columns.</param>
/// <param name="Notes">What is assumed, or left out.</param>
/// <param name="Noise">How figures were made private; absent where they are exact.</param>
internal sealed record ReportReply(
    string Report, DateOnly AsOf, string Currency, IReadOnlyList<ReportColumn> Columns,
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows, IReadOnlyList<string> Notes,
    TableNoise? Noise = null);
