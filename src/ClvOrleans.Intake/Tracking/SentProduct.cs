using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>One product as an event names it.</summary>
/// <param name="Path">Where it stands: <c>properties.products[2]</c>.</param>
/// <param name="Json">Its JSON.</param>
internal readonly record struct SentProduct(string Path, JsonElement Json)
{
    private string? Id => Intake.Rules.Json.Describe(Json, "product_id") ?? Intake.Rules.Json.Describe(Json, "sku")
        ?? Intake.Rules.Json.Describe(Json, "id")
        ?? Intake.Rules.Json.Describe(Json, "item_id");

    /// <summary>
    /// Those of <c>properties.products</c>, or <c>items</c> as GA4 has them, one object or many; else the one that the properties
    /// themselves
    /// describe.
    /// </summary>
    public static IReadOnlyList<SentProduct> Find(JsonElement properties)
    {
        var name = Intake.Rules.Json.Find(properties, "products").ValueKind == JsonValueKind.Undefined ? "items" : "products";
        var products = Intake.Rules.Json.Find(properties, name);
        return products.ValueKind switch
        {
            JsonValueKind.Array => [.. products.EnumerateArray()
                .Select((p, i) => new SentProduct($"properties.{name}[{i}]", p)).Where(p => p.Json.ValueKind == JsonValueKind.Object)],
            JsonValueKind.Object => [new SentProduct("properties." + name, products)],
            _ => new SentProduct("properties", properties) is { Id: not null } single ? [single] : [],
        };
    }

    /// <summary>
    /// Price times quantity, exactly; the quantity is 1 where none is given. Null without a price.
    /// <exception cref="RefusedException">One of them cannot be read, or is negative.</exception>
    /// </summary>
    public decimal? Total() => AmountReader.Strict(Json, "price", Path + ".price") * Quantity();

    /// <summary>The line to keep; what cannot be read is left out, with a note.</summary>
    public ProductLine ToLine(AmountReader amounts)
    {
        var (json, path) = (Json, Path + ".price");
        var price = amounts.Lenient(() => AmountReader.Strict(json, "price", path) is { } p ? amounts.Convert(p, path) : (Money?)null);
        var category = Intake.Rules.Json.Describe(Json, "category") ?? Intake.Rules.Json.Describe(Json, "item_category");
        return new ProductLine(Id, category, price, Units(amounts));
    }

    private int Units(AmountReader amounts)
    {
        try
        {
            return QuantityRules.Units(Quantity());
        }
        catch (RefusedException e)
        {
            amounts.Leave(e);
            return 1;
        }
    }

    private decimal Quantity()
    {
        var path = Path + ".quantity";
        if (Intake.Rules.Json.NumberText(Json, "quantity", path, RuleCodes.InvalidQuantity) is not { } text)
        {
            return 1;
        }

        var quantity = QuantityRules.Read(text, NumberForm.Plain, path, out var refusal);
        return refusal is null ? quantity : throw refusal.ToException();
    }
}
