namespace ClvOrleans.Intake.Files;

/// <summary>The reasons for which a line of an order history is refused; lines of events have those of the tracking API.</summary>
public static class RefusalCodes
{
    /// <summary>The line names no customer.</summary>
    public const string MissingCustomer = "missing_customer";

    /// <summary>The customer's id is too long, or holds what no id can hold.</summary>
    public const string BadCustomer = "bad_customer";

    /// <summary>The customer's id is a placeholder.</summary>
    public const string Placeholder = "placeholder_user_id";

    /// <summary>The line names no order where it has to.</summary>
    public const string MissingOrder = "missing_order";

    /// <summary>The order's id is too long, or holds what no id can hold.</summary>
    public const string BadOrder = "bad_order";

    /// <summary>A price or amount is below zero.</summary>
    public const string NegativePrice = "negative_price";

    /// <summary>A number is missing, is none, or is too large.</summary>
    public const string BadNumber = "bad_number";

    /// <summary>A date is missing or is none.</summary>
    public const string BadDate = "bad_date";

    /// <summary>A date is more than a day ahead.</summary>
    public const string TimeInFuture = "time_in_future";

    /// <summary>The line has more or fewer columns than the header: often a file cut short.</summary>
    public const string WrongColumnCount = "wrong_column_count";

    /// <summary>A quoted field does not end, or a quote stands within an unquoted one.</summary>
    public const string BadQuotes = "bad_quotes";

    /// <summary>The line is longer than <see cref="TextLines.Longest"/> characters.</summary>
    public const string LineTooLong = "line_too_long";

    /// <summary>The compressed file is truncated within the line.</summary>
    public const string FileCut = "file_cut";

    /// <summary>The currency is not in circulation.</summary>
    public const string UnknownCurrency = "unknown_currency";

    /// <summary>The store has no rate for the currency.</summary>
    public const string NoRate = "no_rate";

    /// <summary>The order was never paid.</summary>
    public const string NotPaid = "not_paid";

    /// <summary>A line of an order that was already read to its end, too far above to be joined.</summary>
    public const string RepeatedOrder = "repeated_order";

    /// <summary>A line beyond the most that an order can have.</summary>
    public const string OrderTooLong = "order_too_long";

    /// <summary>The line is not JSON.</summary>
    public const string InvalidJson = "invalid_json";

    /// <summary>Another customer has placed the order.</summary>
    public const string OrderOfAnotherCustomer = "order_of_another_customer";

    /// <summary>How many lines an order can have.</summary>
    internal const int MostLines = 10_000;

    /// <summary>What there is to say of a line that is broken as such.</summary>
    internal static (string Code, string Message)? Of(LineFlaw flaw) => flaw switch
    {
        LineFlaw.TooLong => (LineTooLong, $"it is longer than {TextLines.Longest} characters."),
        LineFlaw.Cut => (FileCut, "the compressed file is truncated here."),
        LineFlaw.BadQuotes => (BadQuotes, "a quoted field does not end, or a quote stands within an unquoted one."),
        _ => null,
    };
}
