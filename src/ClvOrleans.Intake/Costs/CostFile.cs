using ClvOrleans.Domain.Market;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Costs;

/// <summary>Reads costs of acquisition from a table: a line per cost, with a header.</summary>
public static class CostFile
{
    private static readonly CsvColumn[] Columns =
    [
        new("channel", true, ColumnKind.Text, "source_medium", "source / medium"), new("from", true, ColumnKind.Text, "start", "date"),
        new("to", false, ColumnKind.Text, "end", "until"), new("amount", true, ColumnKind.Text, "cost", "spend"),
        new("campaign", false, ColumnKind.Text, "campaign_name"), new("currency", false, ColumnKind.Text),
        new("id", false, ColumnKind.Text),
    ];

    /// <summary>The costs of a file, as it is read. A line without a last day is of one day.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="context">What is known beside it.</param>
    /// <exception cref="HistoryFormatException">It is not such a file.</exception>
    /// <exception cref="RefusedException">A line cannot be read: the message names it.</exception>
    public static IEnumerable<AcquisitionCost> Read(TextLines lines, HistoryContext context) =>
        CsvTable.Read(lines, context, Columns).Select(record => record.Problem is { } flaw
            ? throw new RefusedException(flaw.Code, flaw.Message)
            : CostRules.Read(
                record.TextOrNull("id"), record.TextOrNull("channel"), record.TextOrNull("campaign"), record.TextOrNull("from"),
                record.TextOrNull("to") ?? record.TextOrNull("from"), record.TextOrNull("amount"), record.TextOrNull("currency"),
                NumberForm.Plain, context.Store, $"Line {record.First}: "));
}
