using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Files;

/// <summary>What the columns of an order's line say of the order as a whole.</summary>
internal static class OrderColumns
{
    /// <summary>
    /// What its statuses say; null where the file has none. A column of the payment says whether it is paid; that of the order then only
    /// whether it was cancelled or paid back. A status that is not known is refused, with the options that decide.
    /// </summary>
    public static StatusMeaning? MeaningOf(CsvRecord record, HistoryContext context)
    {
        if (record.TimeOrNull("cancelled_at") is not null)
        {
            return StatusMeaning.Cancelled;
        }

        var payment = record.Has("payment_status") ? Read(record, "payment_status", context) : null;
        var known = OrderStatus.Of(record.Text("status"), context.Statuses);
        return record.Has("payment_status")
            ? known is StatusMeaning.Cancelled or StatusMeaning.Refunded or StatusMeaning.PartlyRefunded ? known : payment
            : record.Has("status") ? Read(record, "status", context) : null;
    }

    /// <summary>What the status of a column means.</summary>
    public static StatusMeaning? Read(CsvRecord record, string column, HistoryContext context)
    {
        var meaning = OrderStatus.Of(record.Text(column), context.Statuses);
        if (meaning is null)
        {
            record.Refuse(
                RefusalCodes.UnknownStatus,
                $"{column}: it is not known what '{record.Text(column)}' means; say it with --status \"{record.Text(column)}=paid\" (or "
                    + $"unpaid, cancelled, refunded), or leave the column out with --map {column}=.");
        }

        return meaning;
    }

    /// <summary>When the order changed last, as far as its times tell.</summary>
    public static DateTimeOffset LastChange(CsvRecord record, DateTimeOffset at, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            at = record.TimeOrNull(column) is { } time && time > at ? time : at;
        }

        return at;
    }

    /// <summary>What was paid back, in the store's currency: of an order that is still paid, never all of it by rounding.</summary>
    public static Money Refunded(Repayment repayment, Money value, Money refunded) =>
        repayment.Standing == OrderStanding.Paid && value > Money.Zero ? Money.Min(refunded, value - new Money(1)) : refunded;

    /// <summary>The order in the file's currency; null where it does not count.</summary>
    public static FileOrder? Counted(Repayment repayment, string? currency, decimal value, HistoryContext context) =>
        repayment.Standing is OrderStanding.Unpaid or OrderStanding.Cancelled
            ? null
            : new FileOrder(currency?.ToUpperInvariant() ?? (context.Currency ?? context.Store.Currency).Code, value, repayment.Refunded);
}
