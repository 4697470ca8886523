using System.Collections.Immutable;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Stock;

/// <summary>Reads statements of stock from JSON: one product or many.</summary>
public static class StockJson
{
    private static readonly string[] Fields = ["product", "units", "price", "currency", "promoted", "category", "leadDays", "at"];

    /// <summary>Reads a body of the API: an object, or an array of objects. Members that are not known are refused.</summary>
    /// <param name="body">The JSON.</param>
    /// <param name="store">The store.</param>
    /// <param name="now">The time of statements that name none.</param>
    /// <exception cref="RefusedException">Something cannot be read: the message names the place.</exception>
    public static ImmutableArray<StockStatement> Read(JsonElement body, StoreSettings store, DateTimeOffset now) =>
        body.ValueKind == JsonValueKind.Array
            ? [.. body.EnumerateArray().Select((e, i) => One(e, $"[{i}].", store, now))]
            : [One(body, "", store, now)];

    private static StockStatement One(JsonElement e, string path, StoreSettings store, DateTimeOffset now)
    {
        Json.CheckMembers(e, Fields, path, StockRules.Code);
        return new(
            StockRules.Product(Text(e, "product", path), path + "product"), StockRules.At(Text(e, "at", path), store, now, path + "at"),
            StockRules.Units(Text(e, "units", path), NumberForm.Plain, path + "units"), PriceOf(e, path, store),
            StockRules.Promoted(Flag(e, "promoted", path), path + "promoted"),
            StockRules.Category(Text(e, "category", path), path + "category"),
            StockRules.LeadDays(Text(e, "leadDays", path), path + "leadDays"));
    }

    /// <summary>
    /// Reads the properties of an event: one product, or many in <c>products</c>. Members that are not known are passed over.
    /// </summary>
    /// <inheritdoc cref="Read" path="/exception" />
    internal static IEnumerable<StockStatement> OfEvent(JsonElement properties, StoreSettings store, DateTimeOffset at)
    {
        if (Json.Find(properties, "products") is { ValueKind: JsonValueKind.Array } products)
        {
            return products.EnumerateArray().Select((p, i) => OfProduct(p, $"properties.products[{i}].", store, at));
        }

        return [OfProduct(properties, "properties.", store, at)];
    }

    private static StockStatement OfProduct(JsonElement e, string path, StoreSettings store, DateTimeOffset at) => new(
        StockRules.Product(Text(e, "product_id", path) ?? Text(e, "sku", path), path + "product_id"), at,
        StockRules.Units(Text(e, "stock", path), NumberForm.Plain, path + "stock"), PriceOf(e, path, store),
        StockRules.Promoted(Flag(e, "promoted", path), path + "promoted"),
        StockRules.Category(Text(e, "category", path), path + "category"),
        StockRules.LeadDays(Text(e, "lead_days", path), path + "lead_days"));

    private static Money? PriceOf(JsonElement e, string path, StoreSettings store) => Text(e, "price", path) is { } text
        ? new CurrencyRules(store).Read(text, NumberForm.Plain, Text(e, "currency", path), path + "price", path + "currency")
        : null;

    private static string? Text(JsonElement e, string name, string path) => Json.Text(e, name, path + name, StockRules.Code);

    private static string? Flag(JsonElement e, string name, string path) => Json.Find(e, name).ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Text(e, name, path),
    };
}
