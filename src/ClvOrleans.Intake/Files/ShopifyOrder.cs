using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Files;

/// <summary>The rows of one order of Shopify's export: the order's own columns are in the first, a line item is in each.</summary>
internal sealed class ShopifyOrder(List<CsvRecord> rows, HistoryContext context)
{
    private readonly CsvRecord _first = rows[0];

    /// <summary>The order's id, as webhooks know it too; else its name.</summary>
    public string Id { get; } = rows[0].OrderId("Id") ?? rows[0].OrderId("Name")!;

    private string? Currency => _first.TextOrNull("Currency");

    /// <summary>The event that states how the order is now, or the refusal of its rows.</summary>
    public HistoryRow ToRow()
    {
        var customer = _first.Customer("Email", _first.Text("Email")).Canonical();
        var meaning = OrderColumns.Read(_first, "Financial Status", context);
        if (meaning == StatusMeaning.Unpaid)
        {
            _first.Refuse(RefusalCodes.NotPaid, $"Financial Status: '{_first.Text("Financial Status")}' is not paid.");
        }

        var (at, cancelled) = (_first.Time("Created at"), _first.TimeOrNull("Cancelled at"));
        var value = _first.Major("Subtotal") ?? 0;
        var repayment = Repayment.Of(cancelled is not null ? StatusMeaning.Cancelled : meaning, value, RefundOf(value));
        var e = new CustomerEvent
        {
            MessageId = "",
            Source = context.Source,
            Kind = EventKind.OrderCompleted,
            At = at,
            Order = new OrderFacts(
                Id,
                _first.Round("Subtotal", value, Currency),
                null,
                _first.Described("Discount Amount", Currency),
                _first.TextOrNull("Discount Code")),
            Products = [.. rows.Select(ProductOf).OfType<ProductLine>()],
        };
        var worth = e.Order.Value!.Value;
        var refunded = OrderColumns.Refunded(repayment, worth, _first.Round("Refunded Amount", repayment.Refunded, Currency));
        var changed = OrderColumns.LastChange(_first, cancelled > at ? cancelled.Value : at, "Paid at", "Fulfilled at");
        if ((_first.Problem ?? rows.Select(r => r.Problem).FirstOrDefault(p => p is not null)) is { } problem)
        {
            return HistoryRow.Of(problem, [.. rows.SelectMany(r => r.Lines)]);
        }

        var stated = StatedEvent.Of($"shopify:{Id}", e, new OrderStatement(changed, repayment.Standing, refunded, context.Now));
        return HistoryRow.Of(customer, stated, [.. rows.SelectMany(r => r.Lines)]) with
        {
            Notes = [.. rows.SelectMany(r => r.Notes)],
            Order = OrderColumns.Counted(repayment, Currency, value, context),
        };
    }

    // Refunded Amount is money paid back, with tax and shipping; the value is without them.
    private decimal RefundOf(decimal value)
    {
        var (shipping, taxes) = (_first.DescribedMajor("Shipping") ?? 0, _first.DescribedMajor("Taxes") ?? 0);
        var refunded = _first.Unsigned("Refunded Amount");
        return refunded == 0 ? 0 : new RefundedValue(value, shipping, taxes, _first.DescribedMajor("Total")).Of(
            refunded, rows.Select(r => (r.DescribedMajor("Lineitem price") ?? 0, r.Units("Lineitem quantity"))));
    }

    private ProductLine? ProductOf(CsvRecord record)
    {
        var id = record.ProductId("Lineitem sku") ?? record.TextOrNull("Lineitem name");
        var price = record.Described("Lineitem price", Currency);
        var quantity = record.Units("Lineitem quantity");
        return id is null && price is null ? null : new ProductLine(id, null, price, quantity);
    }
}
