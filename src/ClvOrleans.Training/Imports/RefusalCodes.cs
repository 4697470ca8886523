namespace ClvOrleans.Training.Imports;

/// <summary>The reasons for which a line is refused.</summary>
public static class RefusalCodes
{
    /// <summary>The line names no customer.</summary>
    public const string MissingCustomer = "missing_customer";

    /// <summary>The customer's id is too long.</summary>
    public const string BadCustomer = "bad_customer";

    /// <summary>The line names no order where it has to.</summary>
    public const string MissingOrder = "missing_order";

    /// <summary>A price or amount is below zero.</summary>
    public const string NegativePrice = "negative_price";

    /// <summary>A number is missing, is none, or is too large.</summary>
    public const string BadNumber = "bad_number";

    /// <summary>A date is missing or is none.</summary>
    public const string BadDate = "bad_date";

    /// <summary>The line has more or fewer columns than the header: often a file cut short.</summary>
    public const string WrongColumnCount = "wrong_column_count";

    /// <summary>A quoted field does not end, or a quote stands within an unquoted one.</summary>
    public const string BadQuotes = "bad_quotes";

    /// <summary>The currency is not in circulation.</summary>
    public const string UnknownCurrency = "unknown_currency";

    /// <summary>The store has no rate for the currency.</summary>
    public const string NoRate = "no_rate";

    /// <summary>The order was never paid.</summary>
    public const string NotPaid = "not_paid";

    /// <summary>A line of an order that was already read to its end, too far above to be joined.</summary>
    public const string RepeatedOrder = "repeated_order";
}
