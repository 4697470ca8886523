using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// What a reader understood of a file: how it is written, which columns it read, and what they hold. Complete once all rows are read.
/// </summary>
public sealed class FileFindings
{
    private const int FirstOfEach = 5;
    private const int MostColumns = 200;

    private readonly SortedDictionary<string, FileNote> _notes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FileTotal> _totals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _columns = new(StringComparer.Ordinal);

    /// <summary>The text's encoding; null where the file has none (a workbook, Parquet).</summary>
    public string? Encoding { get; set; }

    /// <summary>What stands between fields: comma, semicolon, tab or pipe; null for a format without.</summary>
    public string? Delimiter { get; internal set; }

    /// <summary>The decimal sign; null where no number of the file needs one.</summary>
    public DecimalSign? DecimalSign { get; internal set; }

    /// <summary>The order of day and month; null where no date of the file needs one.</summary>
    public DateOrder? Dates { get; internal set; }

    /// <summary>The file's column by the format's column.</summary>
    public IReadOnlyDictionary<string, string> Columns => _columns;

    /// <summary>Columns of the file that nothing was read from, in the order of the file.</summary>
    public IReadOnlyList<string> NotRead { get; private set; } = [];

    /// <summary>The first day with an event, in the store's time zone.</summary>
    public DateOnly? FirstDay { get; private set; }

    /// <summary>The last day with an event.</summary>
    public DateOnly? LastDay { get; private set; }

    /// <summary>Orders that count and their value, by the currency that the file names; in major units, before any conversion.</summary>
    public IReadOnlyDictionary<string, FileTotal> Totals => _totals;

    /// <summary>What was read otherwise than it looks, or is at odds with itself, by reason; the lines count.</summary>
    public IReadOnlyDictionary<string, FileNote> Notes => _notes;

    internal void Layout(IEnumerable<KeyValuePair<string, string>> columns, IEnumerable<string> notRead)
    {
        foreach (var (column, name) in columns)
        {
            _columns[column] = name;
        }

        NotRead = [.. notRead.Take(MostColumns)];
    }

    /// <summary>Counts what a row says.</summary>
    public void Take(HistoryRow row, StoreSettings store)
    {
        foreach (var note in row.Notes)
        {
            Note(note.Code, row.Lines.Count == 0 ? 0 : row.Lines[0], note.Message);
        }

        if (row.Event is not { } e)
        {
            return;
        }

        var day = store.DayOf(e.At);
        (FirstDay, LastDay) = (FirstDay < day ? FirstDay : day, LastDay > day ? LastDay : day);
        if (row.Order is { } order)
        {
            Sum(order.Currency, 1, order.Value, order.Refunded);
        }
        else if (e.Statement is null && e.Kind == EventKind.OrderCompleted && e.Order?.Value is { } value)
        {
            Sum(store.Currency.Code, 1, store.Currency.ToMajor(value), 0);
        }
        else if (e.Refund?.Amount is { } refund)
        {
            Sum(store.Currency.Code, 0, 0, store.Currency.ToMajor(refund));
        }
    }

    private void Sum(string currency, int orders, decimal value, decimal refunded)
    {
        var total = _totals.GetValueOrDefault(currency, new FileTotal(0, 0, 0));
        _totals[currency] = new FileTotal(total.Orders + orders, total.Value + value, total.Refunded + refunded);
    }

    private void Note(string code, long line, string message)
    {
        var note = _notes.GetValueOrDefault(code, new FileNote(0, []));
        _notes[code] = new FileNote(note.Count + 1, note.Count < FirstOfEach ? [.. note.First, $"Line {line}: {message}"] : note.First);
    }
}
