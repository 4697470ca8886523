using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace ClvOrleans.Simulation;

/// <summary>Products that add up to a given sum to the cent: options such as size and engraving make up what list prices leave.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Subtotal">Their sum before the discount.</param>
/// <param name="Discount">The discount.</param>
/// <param name="Coupon">The coupon that gave it.</param>
internal sealed record Basket(ImmutableArray<Basket.Line> Lines, decimal Subtotal, decimal Discount, string? Coupon)
{
    private const decimal MultiLineFrom = 20;
    private const decimal FreeShippingFrom = 50;
    private const decimal Shipping = 4.90m;

    /// <summary>What the customer pays for the products.</summary>
    public decimal Revenue => Subtotal - Discount;

    /// <summary>Fills a basket.</summary>
    /// <param name="revenue">What remains after the discount.</param>
    /// <param name="off">The discount as a part, 0 to below 1.</param>
    /// <param name="coupon">The coupon, where there is a discount.</param>
    /// <param name="favourite">Category of the first line.</param>
    /// <param name="random">Chooses the rest.</param>
    public static Basket Fill(decimal revenue, decimal off, string? coupon, int favourite, Random random)
    {
        var subtotal = decimal.Round(revenue / (1 - off), 2);
        var lines = ImmutableArray.CreateBuilder<Line>();
        var rest = subtotal;
        for (var left = subtotal < MultiLineFrom ? 1 : random.Next(1, 4); left > 0; left--)
        {
            var category = lines.Count == 0 ? favourite : random.Next(Catalogue.Categories.Length);
            var quantity = left == 1 ? 1 : random.Next(1, 3);
            var price = left == 1 ? rest : decimal.Round(rest / left / quantity, 2);
            lines.Add(new Line(Catalogue.Fitting(category, price), price, quantity));
            rest -= price * quantity;
        }

        return new Basket(lines.ToImmutable(), subtotal, subtotal - revenue, coupon);
    }

    /// <summary>The lines as the tracking specification writes them.</summary>
    public JsonArray ToJson() => [.. Lines.Select(l => l.ToJson())];

    /// <summary>The properties of the order that the basket becomes.</summary>
    public JsonObject ToOrder(string orderId)
    {
        var shipping = Revenue < FreeShippingFrom ? Shipping : 0;
        var order = new JsonObject
        {
            ["order_id"] = orderId,
            ["revenue"] = Revenue,
            ["shipping"] = shipping,
            ["total"] = Revenue + shipping,
            ["products"] = ToJson(),
        };
        if (Coupon is not null)
        {
            order["discount"] = Discount;
            order["coupon"] = Coupon;
        }

        return order;
    }

    /// <param name="Product">The product.</param>
    /// <param name="Price">Price of one unit with its options.</param>
    /// <param name="Quantity">Units.</param>
    internal sealed record Line(Catalogue.Product Product, decimal Price, int Quantity)
    {
        public JsonObject ToJson() => new()
        {
            ["product_id"] = Product.Id,
            ["name"] = Product.Name,
            ["category"] = Product.Category,
            ["price"] = Price,
            ["quantity"] = Quantity,
        };
    }
}
