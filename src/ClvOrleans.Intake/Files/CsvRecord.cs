using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>A record with named columns. The first thing found wrong with it stays in <see cref="Problem"/>; values read after that mean nothing.</summary>
internal sealed class CsvRecord
{
    private readonly CsvLine _line;
    private readonly CsvLayout _layout;
    private readonly Amounts _amounts;
    private readonly DateOrder _dates;

    private CsvRecord(CsvLine line, CsvLayout layout, Amounts amounts, DateOrder dates) =>
        (_line, _layout, _amounts, _dates) = (line, layout, amounts, dates);

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

    public static CsvRecord Of(CsvLine line, CsvLayout layout, Amounts amounts, DateOrder dates = DateOrder.Ymd)
    {
        var record = new CsvRecord(line, layout, amounts, dates);
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

    public decimal Number(string column)
    {
        var text = Text(column);
        if (!Values.TryNumber(_layout.Delimiter == ';' ? text.Replace(',', '.') : text, out var number))
        {
            Refuse(RefusalCodes.BadNumber, $"{column}: '{Short(column)}' is not a number.");
        }

        return number;
    }

    public int Whole(string column)
    {
        var number = Number(column);
        if (number != decimal.Truncate(number) || Math.Abs(number) > int.MaxValue)
        {
            Refuse(RefusalCodes.BadNumber, $"{column}: '{Short(column)}' is not a whole number, or is too large.");
            return 0;
        }

        return (int)number;
    }

    /// <summary>A count of units at or above zero; 1 where none is named.</summary>
    public int Units(string column)
    {
        var units = Text(column).Length == 0 ? 1 : Whole(column);
        if (units < 0)
        {
            Refuse(RefusalCodes.BadNumber, $"{column}: '{units}' is below zero.");
        }

        return units;
    }

    /// <summary>A time that is over: up to a day ahead counts as now, since clocks and time zones differ.</summary>
    public DateTimeOffset Time(string column)
    {
        var now = _amounts.Context.Now;
        if (!Values.TryTime(Text(column), _dates, _amounts.Context.Store.TimeZone, out var time))
        {
            Refuse(RefusalCodes.BadDate, $"{column}: '{Short(column)}' {FlawOfDate(Text(column))}");
        }
        else if (time > now.AddDays(1))
        {
            Refuse(RefusalCodes.TimeInFuture, $"{column}: '{Short(column)}' is more than a day ahead.");
        }

        return time < now ? time : now;
    }

    /// <summary>An amount at or above zero in the store's currency; null where none is named.</summary>
    public Money? AmountOrNull(string column, string? currency) => Text(column).Length == 0 ? null : Amount(column, currency);

    public Money Amount(string column, string? currency)
    {
        var number = Number(column);
        if (number < 0)
        {
            Refuse(RefusalCodes.NegativePrice, $"{column}: '{Short(column)}' is below zero.");
        }

        return Round(column, number, currency);
    }

    /// <summary>A sum of amounts of this column, in the store's currency.</summary>
    public Money Round(string column, decimal number, string? currency)
    {
        if (_amounts.TryConvert(number, currency, out var money, out var code))
        {
            return money;
        }

        Refuse(code, code switch
        {
            RefusalCodes.BadNumber => string.Create(
                CultureInfo.InvariantCulture, $"{column}: {number} is above {Currency.GreatestOrder:N0} of the store's currency, the most that an order may be worth."),
            RefusalCodes.UnknownCurrency => $"{column}: '{currency}' is not an ISO 4217 currency in circulation.",
            _ => $"{column}: the store has no rate for the currency '{currency}'.",
        });
        return money;
    }

    public CustomerId Customer(string column, string id)
    {
        if (id.Length == 0)
        {
            Refuse(RefusalCodes.MissingCustomer, $"{column} is empty.");
        }
        else if (Values.FlawOfId(id) is { } flaw)
        {
            Refuse(RefusalCodes.BadCustomer, $"{column} {flaw}.");
        }
        else if (PlaceholderIds.IsPlaceholder(id))
        {
            Refuse(RefusalCodes.Placeholder, $"{column} '{id}' is a placeholder: accepting it would merge unrelated customers.");
        }

        return CustomerId.OfUser(_amounts.Context.Store.Id, id);
    }

    /// <summary>The id of an order; null where none is named.</summary>
    public string? OrderId(string column)
    {
        var id = TextOrNull(column);
        if (id is not null && Values.FlawOfId(id) is { } flaw)
        {
            Refuse(RefusalCodes.BadOrder, $"{column} {flaw}.");
        }

        return id;
    }

    private string FlawOfDate(string text) => _dates switch
    {
        DateOrder.Dmy when Values.TryDay(text, DateOrder.Mdy, out _) => "has the month first; the file's dates have the day first.",
        DateOrder.Mdy when Values.TryDay(text, DateOrder.Dmy, out _) => "has the day first; the file's dates have the month first.",
        DateOrder.Ymd when Values.TryDay(text, DateOrder.Dmy, out _) || Values.TryDay(text, DateOrder.Mdy, out _) =>
            "does not begin with the year, as the file's dates do.",
        _ => $"is not a date: {Values.DateForms}.",
    };

    private string Short(string column) => Text(column) is { Length: > 40 } text ? text[..40] + "…" : Text(column);
}
