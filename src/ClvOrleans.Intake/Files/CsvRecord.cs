using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// A record with named columns. The first thing found wrong with it stays in <see cref="Problem"/>; values read after that mean nothing.
/// </summary>
internal sealed class CsvRecord
{
    private readonly CsvLine _line;
    private readonly CsvLayout _layout;
    private readonly HistoryContext _context;
    private readonly FileForm _form;
    private List<EventNote>? _notes;

    private CsvRecord(CsvLine line, CsvLayout layout, HistoryContext context, FileForm form) =>
        (_line, _layout, _context, _form) = (line, layout, context, form);

    public long First => _line.First;

    public long[] Lines
    {
        get
        {
            var lines = new long[_line.Last - _line.First + 1];
            for (var i = 0; i < lines.Length; i++)
            {
                lines[i] = _line.First + i;
            }

            return lines;
        }
    }

    public IReadOnlyList<string> Fields => _line.Fields;

    public HistoryRefusal? Problem { get; private set; }

    /// <summary>What of the line was left out since it decides nothing.</summary>
    public IReadOnlyList<EventNote> Notes => _notes ?? (IReadOnlyList<EventNote>)[];

    public static CsvRecord Of(CsvLine line, CsvLayout layout, HistoryContext context, FileForm? form = null)
    {
        var record = new CsvRecord(line, layout, context, form ?? FileForm.Plain);
        if (RefusalCodes.Of(line.Flaw) is { } flaw)
        {
            record.Refuse(flaw.Code, $"Line {line.First}: {flaw.Message}");
        }
        else if (line.Fields.Length != layout.Width)
        {
            record.Refuse(
                RefusalCodes.WrongColumnCount, $"Line {line.First} has {line.Fields.Length} columns, the header has {layout.Width}.");
        }

        return record;
    }

    public void Refuse(string code, string message) => Problem ??= new HistoryRefusal(First, code, message);

    /// <summary>Notes something about the line, which counts.</summary>
    public void Note(string code, string message) => (_notes ??= []).Add(new EventNote(code, message));

    /// <summary>Whether the file has a column, and it is read.</summary>
    public bool Has(string column) => _layout.Places.ContainsKey(column);

    /// <summary>The trimmed text; empty where the column or its value is missing.</summary>
    public string Text(string column) =>
        _layout.Places.TryGetValue(column, out var place) && place < Fields.Count ? Fields[place].Trim() : "";

    public string? TextOrNull(string column) => Text(column) is { Length: > 0 } text ? text : null;

    /// <summary>An amount that may have either sign, as it is written.</summary>
    public decimal Number(string column)
    {
        var number = _form.Amount(Text(column), column, CurrencyOf(), out var refusal);
        Refuse(refusal);
        return number;
    }

    /// <summary>A whole number of units, which may have either sign.</summary>
    public int Whole(string column)
    {
        var text = Text(column);
        var units = QuantityRules.Read(text.StartsWith('-') ? text[1..] : text, _form.Numbers, column, out var refusal);
        Refuse(refusal);
        return refusal is not null ? 0 : text.StartsWith('-') ? -QuantityRules.Units(units) : QuantityRules.Units(units);
    }

    /// <summary>
    /// A number of units at or above zero, which decides nothing: 1 where none is named, and, with a note, where it cannot be read.
    /// </summary>
    public int Units(string column)
    {
        if (Text(column).Length == 0)
        {
            return 1;
        }

        var units = QuantityRules.Read(Text(column), _form.Numbers, column, out var refusal);
        Leave(refusal);
        return refusal is null ? QuantityRules.Units(units) : 1;
    }

    /// <summary>A time that is over: up to a day ahead counts as now, since clocks and time zones differ.</summary>
    public DateTimeOffset Time(string column)
    {
        if (Text(column).Length == 0)
        {
            Refuse(RuleCodes.InvalidTime, $"{column} is missing.");
            return _context.Now;
        }

        var at = _form.Time(Text(column), column, _context, out var refusal);
        Refuse(refusal);
        return at;
    }

    /// <summary>A time that decides little: null where none is named, and, with a note, where it cannot be read.</summary>
    public DateTimeOffset? TimeOrNull(string column)
    {
        if (Text(column).Length == 0)
        {
            return null;
        }

        var at = _form.Time(Text(column), column, _context, out var refusal);
        Leave(refusal);
        return refusal is null ? at : null;
    }

    /// <summary>An amount at or above zero in the currency of the file; null where it is none, which <see cref="Problem"/> tells.</summary>
    public decimal? Major(string column)
    {
        if (Text(column).Length == 0)
        {
            Refuse(RuleCodes.MissingValue, $"{column} is missing.");
            return null;
        }

        var number = Number(column);
        if (number < 0)
        {
            Refuse(RuleCodes.InvalidMoney, $"{column} is negative.");
        }

        return Problem is null ? number : null;
    }

    /// <summary>An amount in either sign, as shops sign what is taken back; zero where none is named.</summary>
    public decimal Unsigned(string column) => Text(column).Length == 0 ? 0 : Math.Abs(Number(column));

    /// <summary>An amount at or above zero, in the store's currency.</summary>
    public Money Amount(string column, string? currency) => Major(column) is { } major ? Round(column, major, currency) : Money.Zero;

    /// <summary>An amount that decides nothing: null where none is named, and, with a note, where it cannot be read.</summary>
    public Money? Described(string column, string? currency)
    {
        if (DescribedMajor(column) is not { } major)
        {
            return null;
        }

        var money = _context.Currencies.Convert(major, currency, column, "currency", out var refusal);
        Leave(refusal);
        return refusal is null ? money : null;
    }

    /// <summary>The same, in the currency of the file.</summary>
    public decimal? DescribedMajor(string column)
    {
        if (Text(column).Length == 0)
        {
            return null;
        }

        var number = _form.Amount(Text(column), column, CurrencyOf(), out var refusal);
        refusal ??= number < 0 ? new Refusal(RuleCodes.InvalidMoney, $"{column} is negative.") : null;
        Leave(refusal);
        return refusal is null ? number : null;
    }

    /// <summary>A sum of amounts of this column, in the store's currency.</summary>
    public Money Round(string column, decimal number, string? currency)
    {
        var money = _context.Currencies.Convert(number, currency, column, "currency", out var refusal);
        Refuse(refusal);
        return money;
    }

    public CustomerId Customer(string column, string text)
    {
        var id = IdRules.Read(text, IdKind.Customer, column, out var refusal);
        Refuse(id is null ? IdRules.Missing(IdKind.Customer, column) : refusal ?? _form.Rounded(id, column));
        return CustomerId.OfUser(_context.Store.Id, id ?? "");
    }

    /// <summary>The id of an order; null where none is named.</summary>
    public string? OrderId(string column)
    {
        var id = IdRules.Read(Text(column), IdKind.Order, column, out var refusal);
        Refuse(refusal ?? (id is null ? null : _form.Rounded(id, column)));
        return id;
    }

    /// <summary>The id of a product; null where none is named.</summary>
    public string? ProductId(string column)
    {
        var id = TextOrNull(column);
        Refuse(id is null ? null : _form.Rounded(id, column));
        return id;
    }

    private string CurrencyOf() => _layout.Currency is { } column && TextOrNull(column) is { } code
        ? code.ToUpperInvariant()
        : (_context.Currency ?? _context.Store.Currency).Code;

    private void Leave(Refusal? refusal)
    {
        if (refusal is not null)
        {
            (_notes ??= []).Add(EventNote.LeftOut(refusal));
        }
    }

    private void Refuse(Refusal? refusal)
    {
        if (refusal is not null)
        {
            Refuse(refusal.Code, refusal.Message);
        }
    }
}
