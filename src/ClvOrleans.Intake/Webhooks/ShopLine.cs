using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>A line of an order as the shop names it.</summary>
/// <param name="ProductId">The product's SKU, else its name: what the shop's own exports have.</param>
/// <param name="Price">Price of one unit, in the order's currency; null where it cannot be read.</param>
/// <param name="Quantity">Units.</param>
internal sealed record ShopLine(string? ProductId, decimal? Price, int Quantity)
{
    /// <summary>Reads a line. What cannot be read is left out: a line decides nothing.</summary>
    public static ShopLine Read(ShopObject line)
    {
        try
        {
            var quantity = QuantityRules.Read(Rules.Json.NumberText(line.Json, "quantity", "", "") ?? "1", NumberForm.Plain, "", out var flaw);
            return new ShopLine(line.Text("sku") ?? line.Text("name"), line.Amount("price") is >= 0 and var price ? price : null, flaw is null ? QuantityRules.Units(quantity) : 1);
        }
        catch (RefusedException)
        {
            return new ShopLine(line.Text("sku") ?? line.Text("name"), null, 1);
        }
    }

    /// <summary>The line in the store's currency.</summary>
    public ProductLine ToLine(ShopMoney money) => new(ProductId, null, Price is { } price ? money.Find(price) : null, Quantity);
}
