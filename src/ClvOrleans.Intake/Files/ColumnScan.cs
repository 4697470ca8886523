using ClvOrleans.Domain.Currencies;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Looks ahead into a file until its columns tell how it writes dates, amounts and ids, or that nothing does. A file whose first lines
/// need no such decision is not looked at further: a line that needs it then is refused.
/// </summary>
internal sealed class ColumnScan
{
    private const int Enough = 1_000;
    private const long MostLines = 20_000_000;
    private const long MostCharacters = 1L << 31;

    private readonly CsvLayout _layout;
    private readonly HistoryContext _context;
    private readonly DateColumn _dates = new();
    private readonly NumberColumn _numbers = new();
    private readonly List<(int Place, string Name)> _times;
    private readonly List<(int Place, string Name)> _amounts;
    private readonly List<(int Place, string Name, LongIds Ids)> _ids;
    private readonly int? _currency;
    private long _lines;

    public ColumnScan(CsvLayout layout, IReadOnlyList<CsvColumn> columns, HistoryContext context)
    {
        (_layout, _context) = (layout, context);
        _times = Of(ColumnKind.Time);
        _amounts = Of(ColumnKind.Amount);
        _ids = [.. Of(ColumnKind.Id).Select(c => (c.Place, c.Name, new LongIds()))];
        _currency = Of(ColumnKind.Currency) is [var only, ..] ? only.Place : null;

        List<(int Place, string Name)> Of(ColumnKind kind) =>
            [.. columns.Where(c => c.Kind == kind && layout.Places.ContainsKey(c.Name)).Select(c => (layout.Places[c.Name], c.Name))];
    }

    /// <summary>Reads as far as is needed, and goes back.</summary>
    /// <param name="lines">The file, after its header.</param>
    /// <param name="usual">The order of the format's dates where they can be read in two; null to refuse such a file.</param>
    /// <exception cref="HistoryFormatException">Values can be read in two ways, and none tells which is meant.</exception>
    public FileForm Read(TextLines lines, DateOrder? usual)
    {
        lines.Mark();
        foreach (var line in CsvLines.Read(lines, _layout.Delimiter))
        {
            Look(line);
            if (_lines >= Enough && (IsTold || _lines >= MostLines || lines.Ahead >= MostCharacters))
            {
                break;
            }
        }

        lines.Rewind();
        return new FileForm(
            _context.Dates ?? _dates.Decide(usual),
            _context.DecimalSign ?? _numbers.Decide(_layout.Delimiter),
            _ids.Where(i => i.Ids.AreRounded).Select(i => i.Name).ToHashSet(StringComparer.Ordinal));
    }

    private bool IsTold => (_context.Dates is not null || _dates.IsTold)
        && (_context.DecimalSign is not null || _numbers.IsTold)
        && _ids.TrueForAll(i => i.Ids.IsTold);

    private void Look(CsvLine line)
    {
        _lines++;
        if (line.Flaw != LineFlaw.None || line.Fields.Length != _layout.Width)
        {
            return;
        }

        foreach (var (place, name) in _times)
        {
            _dates.Look(name, line.Fields[place].Trim(), line.First);
        }

        foreach (var (place, name) in _amounts)
        {
            _numbers.Look(name, MoneyText.Of(line.Fields[place]).Number, line.First, CurrencyOf(line).Decimals == 0);
        }

        foreach (var (place, _, ids) in _ids)
        {
            ids.Look(line.Fields[place].Trim());
        }
    }

    private Currency CurrencyOf(CsvLine line) =>
        _currency is { } place && Currency.TryFind(line.Fields[place], out var named)
            ? named
            : _context.Currency ?? _context.Store.Currency;
}
