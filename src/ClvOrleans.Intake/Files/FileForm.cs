using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>How a file writes its values, told once for all its lines.</summary>
/// <param name="Dates">The order of day and month.</param>
/// <param name="Sign">The decimal sign; null where no number was seen that needs one: such a number is refused then.</param>
/// <param name="RoundedIds">Columns of ids that a spreadsheet has rounded.</param>
internal sealed record FileForm(DateOrder Dates, DecimalSign? Sign, IReadOnlySet<string> RoundedIds)
{
    // The lines of an order follow each other, and have its time.
    private (string? Text, DateTimeOffset At) _last;

    /// <summary>Dates that begin with the year, plain numbers.</summary>
    public static FileForm Plain => new(DateOrder.Ymd, DecimalSign.Point, new HashSet<string>());

    /// <summary>The form of numbers.</summary>
    public NumberForm Numbers => Sign == DecimalSign.Comma ? NumberForm.Comma : NumberForm.Point;

    /// <summary>An amount in either sign; a currency that is written with it has to be the amount's.</summary>
    public decimal Amount(string text, string column, string currency, out Refusal? refusal)
    {
        var money = MoneyText.Of(text);
        var amount = AmountRules.ReadSigned(money.Number, Numbers, column, out refusal);
        if (!money.Fits(currency))
        {
            refusal = new Refusal(
                RuleCodes.UnknownCurrency,
                $"{column}: '{Refusal.Shown(text)}' is not in {currency}: give the file a column 'currency', or say --currency.");
        }
        else if (Sign is null && (NumberColumn.SignOf(money.Number, isWhole: false, out var isAmbiguous) == DecimalSign.Comma
            || isAmbiguous))
        {
            refusal = new Refusal(
                RuleCodes.InvalidMoney,
                $"{column}: '{Refusal.Shown(text)}' is {NumberColumn.Readings(money.Number)}; say which with --decimal point or --decimal "
                    + "comma.");
        }

        return amount;
    }

    /// <summary>A time that is over: up to a day ahead counts as now, since clocks and time zones differ.</summary>
    public DateTimeOffset Time(string text, string column, HistoryContext context, out Refusal? refusal)
    {
        refusal = null;
        if (text == _last.Text)
        {
            return _last.At;
        }

        var at = SpreadsheetTime.Read(text, Dates, context, column, out refusal);
        if (refusal is not null && !SpreadsheetTime.TryRead(text, Dates, out _))
        {
            refusal = refusal with { Message = $"{column}: '{Refusal.Shown(text)}' {FlawOfDate(text)}" };
        }

        _last = refusal is null ? (text, at) : _last;
        return at;
    }

    /// <summary>The refusal of an id that was rounded; null where it was not.</summary>
    public Refusal? Rounded(string id, string column) =>
        IdRules.Rounded(id, column) ?? (RoundedIds.Contains(column) && IdRules.EndsAsRounded(id)
            ? new Refusal(
                RuleCodes.RoundedId,
                $"{column} '{id}' was rounded to 15 digits by a spreadsheet, as all long ids of the column: different ids may have become "
                    + "the same. Export it as text.")
            : null);

    private string FlawOfDate(string text)
    {
        var (day, month) = (TimeRules.TryRead(text, DateOrder.Dmy, out _), TimeRules.TryRead(text, DateOrder.Mdy, out _));
        return Dates switch
        {
            DateOrder.Dmy when month => "has the month first; the file's dates have the day first.",
            DateOrder.Mdy when day => "has the day first; the file's dates have the month first.",
            DateOrder.Ymd when day && month =>
                $"does not begin with the year, as the file's dates do: it is {DateColumn.Readings(text)}; say which with --dates dmy or "
                    + "mdy.",
            DateOrder.Ymd when day || month => "does not begin with the year, as the file's dates do.",
            _ => $"is not a date: {TimeRules.Forms}.",
        };
    }
}
