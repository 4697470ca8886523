using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Server.Imports;

/// <summary>What was understood of a file; null where its format or its values need no such decision.</summary>
/// <param name="Encoding">The text's encoding.</param>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="DecimalSign">The decimal sign.</param>
/// <param name="Dates">The order of day and month.</param>
/// <param name="FirstDay">The first day with an event, in the store's time zone.</param>
/// <param name="LastDay">The last day with an event.</param>
/// <param name="Columns">The file's column by the format's column.</param>
/// <param name="NotRead">Columns that nothing was read from.</param>
/// <param name="Totals">Orders that count, their value and what was paid back, by the currency of the file.</param>
/// <param name="Notes">What was read otherwise than it looks, by reason.</param>
internal sealed record ImportUnderstanding(
    string? Encoding,
    string? Delimiter,
    DecimalSign? DecimalSign,
    DateOrder? Dates,
    DateOnly? FirstDay,
    DateOnly? LastDay,
    IReadOnlyDictionary<string, string> Columns,
    IReadOnlyList<string> NotRead,
    IReadOnlyDictionary<string, FileTotal> Totals,
    IReadOnlyDictionary<string, FileNote> Notes)
{
    public static ImportUnderstanding Of(FileFindings found) => new(
        found.Encoding, found.Delimiter, found.DecimalSign, found.Dates, found.FirstDay, found.LastDay, found.Columns, found.NotRead,
        found.Totals, found.Notes);
}
