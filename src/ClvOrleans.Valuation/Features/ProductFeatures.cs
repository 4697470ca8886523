using static ClvOrleans.Valuation.Features.FeatureShape;

namespace ClvOrleans.Valuation.Features;

/// <summary>What was bought and looked at. Stock is not among it: no event of the tracking specification tells of it.</summary>
internal static class ProductFeatures
{
    public static IEnumerable<Feature> All =>
    [
        Of("products", "", Tail, "Different products bought", i => i.Customer.Products),
        Of("productsPerOrder", "", Tail, "Breadth: different products per order", i => (double)i.Customer.Products / i.Customer.Orders),
        Of("categories", "", Tail, "Different categories seen or bought", i => i.Customer.Categories),
        Of(
            "valuePerProduct", "money", Tail, "Value of all purchases over the different products bought",
            i => i.Customer.Products == 0 ? double.NaN : i.Purchases.Value / i.Customer.Products),
        Of("priceLevel", "", Level, "Prices paid over the mean prices of the same units' categories", i => i.Prices.LevelOf(i.Customer)),
    ];

    private static Feature Of(string name, string unit, FeatureShape shape, string meaning, Func<FeatureInput, double> read) =>
        new(name, unit, FeatureGroup.Product, shape, meaning) { Read = read };
}
