namespace ClvOrleans.Intake.Rules;

/// <summary>The reasons for which a value is refused, whichever door it comes through.</summary>
public static class RuleCodes
{
    /// <summary>No customer is named.</summary>
    public const string MissingCustomer = "missing_user_id";

    /// <summary>The customer's id is too long, or holds what no id can hold.</summary>
    public const string InvalidCustomer = "invalid_id";

    /// <summary>The customer's id is a placeholder.</summary>
    public const string PlaceholderCustomer = "placeholder_user_id";

    /// <summary>No order is named where one has to be.</summary>
    public const string MissingOrder = "missing_order_id";

    /// <summary>The order's id is too long, or holds what no id can hold.</summary>
    public const string InvalidOrder = "invalid_order_id";

    /// <summary>The order's id is a placeholder.</summary>
    public const string PlaceholderOrder = "placeholder_order_id";

    /// <summary>An id is a number that a spreadsheet or a program has rounded.</summary>
    public const string RoundedId = "rounded_id";

    /// <summary>The order has no value.</summary>
    public const string MissingValue = "missing_order_value";

    /// <summary>An amount of money is not a number, is negative, or is too large.</summary>
    public const string InvalidMoney = "invalid_money";

    /// <summary>The currency is not in circulation.</summary>
    public const string UnknownCurrency = "unknown_currency";

    /// <summary>The store has no rate for the currency.</summary>
    public const string NoRate = "no_rate";

    /// <summary>A quantity is not a number, is negative, or is too large.</summary>
    public const string InvalidQuantity = "invalid_quantity";

    /// <summary>A time is missing, is none, or is before <see cref="TimeRules.Earliest"/>.</summary>
    public const string InvalidTime = "invalid_time";

    /// <summary>A time is more than a day ahead.</summary>
    public const string TimeInFuture = "time_in_future";
}
