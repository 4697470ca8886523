namespace ClvOrleans.Intake.Files;

/// <summary>
/// The reasons for which a line of a file is refused as a line; values in it have those of <see cref="Rules.RuleCodes"/>, through every
/// door.
/// </summary>
public static class RefusalCodes
{
    /// <summary>The line has more or fewer columns than the header: often a file cut short.</summary>
    public const string WrongColumnCount = "wrong_column_count";

    /// <summary>A quoted field does not end, or a quote stands within an unquoted one.</summary>
    public const string BadQuotes = "bad_quotes";

    /// <summary>The line is longer than <see cref="TextLines.Longest"/> characters.</summary>
    public const string LineTooLong = "line_too_long";

    /// <summary>The compressed file is truncated within the line.</summary>
    public const string FileCut = "file_cut";

    /// <summary>The order was never paid.</summary>
    public const string NotPaid = "not_paid";

    /// <summary>A line of an order that was already read to its end, too far above to be joined.</summary>
    public const string RepeatedOrder = "repeated_order";

    /// <summary>The lines of an order say different things of what it can have only one of: its total, its customer, its status.</summary>
    public const string ConflictingLines = "conflicting_lines";

    /// <summary>What the order's status means is not known.</summary>
    public const string UnknownStatus = "unknown_status";

    /// <summary>The order was partly refunded, and no column says how much.</summary>
    public const string MissingRefund = "missing_refund";

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
