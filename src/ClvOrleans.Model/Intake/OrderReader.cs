using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Stores;

namespace ClvOrleans.Model.Intake;

/// <summary>Reads products, orders and refunds of an event's properties, in the store's currency.</summary>
internal sealed class OrderReader(JsonElement properties, StoreSettings store)
{
    private const int MostUnits = 1_000_000;

    public ImmutableArray<ProductLine> Products()
    {
        var products = Json.Find(properties, "products");
        var items = products.ValueKind switch
        {
            JsonValueKind.Array => products.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object).ToArray(),
            JsonValueKind.Object => [products],
            _ => Id(properties) is null ? [] : [properties],
        };
        if (Json.Find(properties, "quantity") is { ValueKind: JsonValueKind.Number } quantity && Math.Abs(quantity.GetDouble()) > long.MaxValue)
        {
            throw new RefusedException("invalid_quantity", "properties.quantity is no number of units.");
        }

        return [.. items.Select(p => new ProductLine(Id(p), Json.Describe(p, "category"), Price(p), Quantity(p)))];
    }

    public OrderFacts Order(ImmutableArray<ProductLine> products, bool needsValue)
    {
        var (revenue, subtotal, total) = (Amount("revenue"), Amount("subtotal"), Amount("total"));
        var (shipping, tax, discount) = (Amount("shipping") ?? 0, Amount("tax") ?? 0, Amount("discount"));
        var value = revenue ?? subtotal ?? (total is { } t ? Math.Max(0, t - shipping - tax) : null);
        var money = value is { } v ? Convert(v, "revenue") : ValueOf(products, discount);
        return money is null && needsValue
            ? throw new RefusedException("missing_order_value", "properties: one of revenue, subtotal, total or products with prices is needed.")
            : new OrderFacts(
                OrderId(), money, Amount("cost") is { } c ? Convert(c, "cost") : null, discount is { } d ? Convert(d, "discount") : null,
                Json.Describe(properties, "coupon"));
    }

    public RefundFacts Refund(ImmutableArray<ProductLine> products)
    {
        var amount = Amount("total") ?? Amount("revenue") ?? Amount("amount") ?? Amount("value");
        return new RefundFacts(OrderId(), amount is { } a ? Convert(a, "total") : ValueOf(products, null));
    }

    private string OrderId() =>
        Json.Text(properties, "order_id", "properties.order_id", "invalid_order_id") is { } id
            ? id.Length <= 255 && !id.Contains('\0', StringComparison.Ordinal)
                ? id
                : throw new RefusedException("invalid_order_id", "properties.order_id is longer than 255 characters or holds U+0000.")
            : throw new RefusedException("missing_order_id", "properties.order_id is missing.");

    private decimal? Amount(string name) => Json.Amount(properties, name, "properties." + name);

    private Money? ValueOf(ImmutableArray<ProductLine> products, decimal? discount)
    {
        var priced = products.Where(p => p.Price is not null).ToArray();
        if (priced.Length == 0)
        {
            return null;
        }

        var sum = priced.Sum(p => (decimal)p.Price!.Value.Minor * p.Quantity);
        return sum <= 1e15m
            ? Money.Max(Money.Zero, new Money((long)sum) - (discount is { } d ? Convert(d, "discount") : Money.Zero))
            : throw new RefusedException("invalid_money", "properties.products add up to more than money can be.");
    }

    private Money? Price(JsonElement product)
    {
        try
        {
            return Json.Amount(product, "price", "price") is { } price ? Convert(price, "price") : null;
        }
        catch (RefusedException e) when (e.Code == "invalid_money")
        {
            return null;
        }
    }

    private static int Quantity(JsonElement product)
    {
        try
        {
            return (int)Math.Clamp(Json.Number(product, "quantity", "quantity", "invalid_quantity") ?? 1, 0, MostUnits);
        }
        catch (RefusedException)
        {
            return 1;
        }
    }

    private static string? Id(JsonElement product) =>
        Json.Describe(product, "product_id") ?? Json.Describe(product, "sku") ?? Json.Describe(product, "id");

    private Money Convert(decimal major, string name)
    {
        var code = Json.Text(properties, "currency", "properties.currency", "unknown_currency");
        var rate = 1m;
        if (code is not null && !string.Equals(code, store.Currency.Code, StringComparison.OrdinalIgnoreCase))
        {
            if (!Currency.TryFind(code, out var currency))
            {
                throw new RefusedException("unknown_currency", $"properties.currency '{code}' is no ISO 4217 currency in circulation.");
            }

            if (!store.Rates.TryGetValue(currency.Code, out rate))
            {
                throw new RefusedException("no_rate", $"properties.currency: the store has no rate from {currency.Code} to {store.Currency.Code}.");
            }
        }

        return store.Currency.TryRound(major * rate, out var money)
            ? money
            : throw new RefusedException("invalid_money", $"properties.{name} is too large to be an amount of money.");
    }
}
