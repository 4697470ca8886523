using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>
/// Reads products, orders and refunds of an event's properties, in the store's currency. Amounts that decide a value are refused where
/// they cannot be read; others are left out with a note.
/// </summary>
internal sealed class OrderReader(JsonElement properties, AmountReader amounts)
{
    private const decimal GreatestQuantity = 1_000_000_000_000_000m;

    // As the specification has them first, then as GA4, Klaviyo and pixels do.
    private static readonly string[] Ids = ["order_id", "orderId", "OrderId", "transaction_id"];
    private static readonly string[] Values = ["revenue", "subtotal", "total", "value", "$value"];
    private static readonly string[] RefundValues = ["amount", "value", "$value", "refund_amount"];

    private readonly IReadOnlyList<SentProduct> _products = SentProduct.Find(properties);

    /// <summary>Whether properties that orders have are there.</summary>
    public bool LooksLikeOne => Array.Exists(Ids, IsThere) || Array.Exists(Values[..3], IsThere);

    /// <summary>Whether an order is named as an event of this kind must: with its id, and a value if it is a completion.</summary>
    public bool Names(EventKind kind) => Array.Exists(Ids, IsThere)
        && (kind != EventKind.OrderCompleted || Array.Exists(Values, IsThere)
            || _products.Any(p => Json.Find(p.Json, "price").ValueKind != JsonValueKind.Undefined));

    /// <summary>The products that the event names.</summary>
    public ImmutableArray<ProductLine> Products()
    {
        // A number of units beyond any integer shows that the event is broken, whatever it is about.
        return Json.Find(properties, "quantity") is { ValueKind: JsonValueKind.Number } quantity
            && (!PlainNumber.TryRead(quantity.GetRawText(), out var units) || Math.Abs(units) > GreatestQuantity)
            ? throw new RefusedException("invalid_quantity", "properties.quantity is too large to be a number of units.")
            : [.. _products.Select(p => p.ToLine(amounts))];
    }

    /// <summary>
    /// The order of an order event. A completion must have a value, an update may; a cancellation needs none, and is not refused for one.
    /// </summary>
    public OrderFacts? Order(EventKind kind)
    {
        switch (kind)
        {
            case EventKind.OrderCompleted:
                return Order(OrderId(), Value() ?? throw new RefusedException(
                    RuleCodes.MissingValue, "properties: one of revenue, subtotal, total, value or products with prices is needed."));
            case EventKind.OrderUpdated:
                return Order(OrderId(), Value());
            case EventKind.OrderCancelled:
                return Order(OrderId(), amounts.Lenient(Value));
            default:
                return null;
        }
    }

    /// <summary>
    /// The refund of a refund event. Valued as orders are, else by <c>amount</c>, <c>value</c> or <c>refund_amount</c>, in either sign; by
    /// its products where only those are named; all of the order where neither is.
    /// </summary>
    public RefundFacts? Refund(EventKind kind)
    {
        if (kind != EventKind.OrderRefunded)
        {
            return null;
        }

        var sent = amounts.Unsigned("revenue") ?? amounts.Unsigned("subtotal") ?? LessShippingAndTax(amounts.Unsigned)
            ?? First(RefundValues, amounts.Unsigned);
        return new RefundFacts(
            OrderId(), sent is { } amount ? amounts.Convert(amount, "properties: the refund") : ValueOfRefundedProducts());
    }

    private OrderFacts Order(string id, Money? value) => new(
        id, value, Described("cost"),
        amounts.Lenient(() => amounts.Unsigned("discount") is { } d ? amounts.Convert(d, "properties.discount") : null),
        Json.Describe(properties, "coupon"));

    private string OrderId()
    {
        var name = Array.Find(Ids, IsThere) ?? Ids[0];
        var path = "properties." + name;
        var id = Json.Id(properties, name, path, IdKind.Order, out var flaw);
        return flaw is not null ? throw flaw.ToException() : id ?? throw IdRules.Missing(IdKind.Order, path).ToException();
    }

    private bool IsThere(string name) =>
        Json.Find(properties, name) is { ValueKind: not JsonValueKind.Undefined } value
        && !(value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));

    private Money? Value() =>
        (Strict("revenue") ?? Strict("subtotal") ?? LessShippingAndTax(Strict) ?? First(Values[3..], Strict)) is { } value
            ? amounts.Convert(value, "properties: the order's value")
            : ValueOfProducts();

    private static decimal? First(string[] names, Func<string, decimal?> amount) =>
        names.Select(amount).FirstOrDefault(a => a is not null);

    private static decimal? LessShippingAndTax(Func<string, decimal?> amount) =>
        amount("total") is { } total ? Math.Max(0, total - (amount("shipping") ?? 0) - (amount("tax") ?? 0)) : null;

    private Money? ValueOfProducts()
    {
        var totals = _products.Select(p => p.Total()).OfType<decimal>().ToList();
        return totals.Count == 0 ? null : Sum(totals, amounts.Unsigned("discount") ?? 0);
    }

    private Money? ValueOfRefundedProducts() => _products.Count == 0
        ? null
        : Sum(
            [.. _products.Select(p => p.Total()
                ?? throw new RefusedException("missing_refund_amount", $"{p.Path}.price or properties.total is needed: what is refunded is "
                    + "not known."))],
            0);

    private Money Sum(List<decimal> totals, decimal discount) =>
        amounts.Convert(Math.Max(0, totals.Sum() - discount), "properties.products");

    private Money? Described(string name) =>
        amounts.Lenient(() => Strict(name) is { } amount ? amounts.Convert(amount, "properties." + name) : null);

    private decimal? Strict(string name) => AmountReader.Strict(properties, name, "properties." + name);
}
