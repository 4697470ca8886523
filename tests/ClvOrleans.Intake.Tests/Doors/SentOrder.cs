namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>A plain order as texts, one of which may be odd.</summary>
internal sealed record SentOrder(string Order, string Customer, string Amount, string Quantity, string Time, string Currency)
{
    private static readonly SentOrder Plain = new("O-1", "cust-1", "10", "2", "2026-02-03T04:05:06Z", "");

    public static SentOrder With(OrderField field, string text) => field switch
    {
        OrderField.Order => Plain with { Order = text },
        OrderField.Customer => Plain with { Customer = text },
        OrderField.Amount => Plain with { Amount = text },
        OrderField.Quantity => Plain with { Quantity = text },
        OrderField.Time => Plain with { Time = text },
        _ => Plain with { Currency = text },
    };
}
