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
        var id = line.Text("sku") ?? line.Text("name");
        try
        {
            var text = Rules.Json.NumberText(line.Json, "quantity", "", "") ?? "1";
            var quantity = QuantityRules.Read(text, NumberForm.Plain, "", out var flaw);
            var price = line.Amount("price");
            return new ShopLine(id, price >= 0 ? price : null, flaw is null ? QuantityRules.Units(quantity) : 1);
        }
        catch (RefusedException)
        {
            return new ShopLine(id, null, 1);
        }
    }

    /// <summary>The line in the store's currency.</summary>
    public ProductLine ToLine(ShopMoney money) => new(ProductId, null, Price is { } price ? money.Find(price) : null, Quantity);
}
