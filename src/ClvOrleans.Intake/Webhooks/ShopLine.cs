using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>A line of an order as the shop names it.</summary>
/// <param name="ProductId">The product's SKU, else its name: what the shop's own exports have.</param>
/// <param name="Price">Price of one unit, in the order's currency; null where it cannot be read.</param>
/// <param name="Quantity">Units.</param>
internal sealed record ShopLine(string? ProductId, decimal? Price, int Quantity)
{
    /// <summary>Reads the lines. What cannot be read is left out with a note: a line decides nothing.</summary>
    public static IReadOnlyList<ShopLine> Read(IEnumerable<ShopObject> lines, List<EventNote> notes) =>
        [.. lines.Select(l => new ShopLine(l.Text("sku") ?? l.Text("name"), PriceOf(l, notes), QuantityOf(l, notes)))];

    /// <summary>The line in the store's currency.</summary>
    public ProductLine ToLine(ShopMoney money) => new(ProductId, null, Price is { } price ? money.Find(price) : null, Quantity);

    private static decimal? PriceOf(ShopObject line, List<EventNote> notes)
    {
        var price = line.Amount("price", notes);
        if (price is null or >= 0)
        {
            return price;
        }

        notes.Add(EventNote.LeftOut(new Refusal(RuleCodes.InvalidMoney, $"{line.Path}price is negative.")));
        return null;
    }

    private static int QuantityOf(ShopObject line, List<EventNote> notes)
    {
        try
        {
            return QuantityRules.Units(line.Quantity("quantity") ?? 1);
        }
        catch (RefusedException e)
        {
            notes.Add(EventNote.LeftOut(new Refusal(e.Code, e.Message)));
            return 1;
        }
    }
}
