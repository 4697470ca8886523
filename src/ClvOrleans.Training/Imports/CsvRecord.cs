using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;

namespace ClvOrleans.Training.Imports;

/// <summary>A record with named columns. The first thing found wrong with it stays in <see cref="Problem"/>; values read after that mean nothing.</summary>
internal sealed class CsvRecord(CsvLine line, Dictionary<string, int> places, Amounts amounts)
{
    public long First => line.First;

    public long Last => line.Last;

    public int Lines => (int)(line.Last - line.First + 1);

    public HistoryRefusal? Problem { get; private set; }

    public void Refuse(string code, string message) => Problem ??= new HistoryRefusal(First, code, message);

    /// <summary>The trimmed text; empty where the column or its value is missing.</summary>
    public string Text(string column) => places.TryGetValue(column, out var place) && place < line.Fields.Length ? line.Fields[place].Trim() : "";

    public string? TextOrNull(string column) => Text(column) is { Length: > 0 } text ? text : null;

    public decimal Number(string column)
    {
        if (!Values.TryNumber(Text(column), out var number))
        {
            Refuse(RefusalCodes.BadNumber, $"{column}: '{Short(column)}' is no number.");
        }

        return number;
    }

    public int Whole(string column)
    {
        var number = Number(column);
        if (number != decimal.Truncate(number) || Math.Abs(number) > int.MaxValue)
        {
            Refuse(RefusalCodes.BadNumber, $"{column}: '{Short(column)}' is no whole number, or is too large.");
            return 0;
        }

        return (int)number;
    }

    public DateTimeOffset Time(string column)
    {
        if (!Values.TryTime(Text(column), amounts.Context.Store.TimeZone, out var time))
        {
            Refuse(RefusalCodes.BadDate, $"{column}: '{Short(column)}' is no date.");
        }

        return time;
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
        if (amounts.TryConvert(number, currency, out var money, out var code))
        {
            return money;
        }

        Refuse(code, code == RefusalCodes.BadNumber ? $"{column}: {number} is too large." : $"{column}: there is no rate for the currency '{currency}'.");
        return money;
    }

    public CustomerId Customer(string column, string id)
    {
        if (id.Length == 0)
        {
            Refuse(RefusalCodes.MissingCustomer, $"{column} is empty.");
        }
        else if (id.Length > CustomerId.MaxLength)
        {
            Refuse(RefusalCodes.BadCustomer, $"{column} is longer than {CustomerId.MaxLength}.");
        }

        return CustomerId.OfUser(amounts.Context.Store.Id, id);
    }

    private string Short(string column) => Text(column) is { Length: > 40 } text ? text[..40] + "…" : Text(column);
}
