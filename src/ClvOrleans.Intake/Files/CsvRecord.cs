using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>A record with named columns. The first thing found wrong with it stays in <see cref="Problem"/>; values read after that mean nothing.</summary>
internal sealed class CsvRecord
{
    private readonly CsvLine _line;
    private readonly CsvLayout _layout;
    private readonly HistoryContext _context;
    private readonly DateOrder _dates;
    private readonly List<EventNote> _notes = [];

    private CsvRecord(CsvLine line, CsvLayout layout, HistoryContext context, DateOrder dates) =>
        (_line, _layout, _context, _dates) = (line, layout, context, dates);

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
    public IReadOnlyList<EventNote> Notes => _notes;

    public static CsvRecord Of(CsvLine line, CsvLayout layout, HistoryContext context, DateOrder dates = DateOrder.Ymd)
    {
        var record = new CsvRecord(line, layout, context, dates);
        if (RefusalCodes.Of(line.Flaw) is { } flaw)
        {
            record.Refuse(flaw.Code, $"Line {line.First}: {flaw.Message}");
        }
        else if (line.Fields.Length != layout.Width)
        {
            record.Refuse(RefusalCodes.WrongColumnCount, $"Line {line.First} has {line.Fields.Length} columns, the header has {layout.Width}.");
        }

        return record;
    }

    public void Refuse(string code, string message) => Problem ??= new HistoryRefusal(First, code, message);

    /// <summary>The trimmed text; empty where the column or its value is missing.</summary>
    public string Text(string column) => _layout.Places.TryGetValue(column, out var place) && place < Fields.Count ? Fields[place].Trim() : "";

    public string? TextOrNull(string column) => Text(column) is { Length: > 0 } text ? text : null;

    /// <summary>An amount that may have either sign, as it is written.</summary>
    public decimal Number(string column)
    {
        var number = AmountRules.ReadSigned(Decimal(column), NumberForm.Plain, column, out var refusal);
        Refuse(refusal);
        return number;
    }

    /// <summary>A whole number of units, which may have either sign.</summary>
    public int Whole(string column)
    {
        var text = Decimal(column);
        var units = QuantityRules.Read(text.StartsWith('-') ? text[1..] : text, NumberForm.Plain, column, out var refusal);
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

        var units = QuantityRules.Read(Decimal(column), NumberForm.Plain, column, out var refusal);
        Leave(refusal);
        return refusal is null ? QuantityRules.Units(units) : 1;
    }

    /// <summary>An amount that decides nothing: null where none is named, and, with a note, where it cannot be read.</summary>
    public Money? Described(string column, string? currency)
    {
        if (Text(column).Length == 0)
        {
            return null;
        }

        var number = AmountRules.Read(Decimal(column), NumberForm.Plain, column, out var refusal);
        var money = Money.Zero;
        if (refusal is null)
        {
            money = _context.Currencies.Convert(number, currency, column, "currency", out refusal);
        }

        Leave(refusal);
        return refusal is null ? money : null;
    }

    /// <summary>A time that is over: up to a day ahead counts as now, since clocks and time zones differ.</summary>
    public DateTimeOffset Time(string column)
    {
        if (Text(column).Length == 0)
        {
            Refuse(RuleCodes.InvalidTime, $"{column} is missing.");
            return _context.Now;
        }

        var at = TimeRules.Read(Text(column), _dates, _context.Store.TimeZone, _context.Now, column, out var refusal);
        Refuse(refusal is null || TimeRules.TryRead(Text(column), _dates, out _)
            ? refusal
            : refusal with { Message = $"{column}: '{Refusal.Shown(Text(column))}' {FlawOfDate(Text(column))}" });
        return at;
    }

    /// <summary>An amount at or above zero in the store's currency; null where none is named.</summary>
    public Money? AmountOrNull(string column, string? currency) => Text(column).Length == 0 ? null : Amount(column, currency);

    public Money Amount(string column, string? currency)
    {
        if (Text(column).Length == 0)
        {
            Refuse(RuleCodes.MissingValue, $"{column} is missing.");
            return Money.Zero;
        }

        var number = AmountRules.Read(Decimal(column), NumberForm.Plain, column, out var refusal);
        Refuse(refusal);
        return Round(column, number, currency);
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
        Refuse(id is null ? IdRules.Missing(IdKind.Customer, column) : refusal);
        return CustomerId.OfUser(_context.Store.Id, id ?? "");
    }

    /// <summary>The id of an order; null where none is named.</summary>
    public string? OrderId(string column)
    {
        var id = IdRules.Read(Text(column), IdKind.Order, column, out var refusal);
        Refuse(refusal);
        return id;
    }

    private void Leave(Refusal? refusal)
    {
        if (refusal is not null)
        {
            _notes.Add(EventNote.LeftOut(refusal));
        }
    }

    private void Refuse(Refusal? refusal)
    {
        if (refusal is not null)
        {
            Refuse(refusal.Code, refusal.Message);
        }
    }

    // With a semicolon between the fields, numbers may have a decimal comma.
    private string Decimal(string column) => _layout.Delimiter == ';' ? Text(column).Replace(',', '.') : Text(column);

    private string FlawOfDate(string text) => _dates switch
    {
        DateOrder.Dmy when TimeRules.TryRead(text, DateOrder.Mdy, out _) => "has the month first; the file's dates have the day first.",
        DateOrder.Mdy when TimeRules.TryRead(text, DateOrder.Dmy, out _) => "has the day first; the file's dates have the month first.",
        DateOrder.Ymd when TimeRules.TryRead(text, DateOrder.Dmy, out _) || TimeRules.TryRead(text, DateOrder.Mdy, out _) =>
            "does not begin with the year, as the file's dates do.",
        _ => $"is not a date: {TimeRules.Forms}.",
    };
}
