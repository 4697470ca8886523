using System.Collections.Immutable;

namespace ClvOrleans.Simulation;

/// <summary>What the simulated store sells: five categories of eight products, each half as dear again as the one before.</summary>
internal static class Catalogue
{
    private static readonly (string Category, decimal From)[] Shelves = [
        ("Coffee", 6), ("Tea", 5), ("Mugs", 8), ("Kitchen", 12), ("Gifts", 10)
    ];

    /// <summary>Products by category, the cheapest first.</summary>
    public static ImmutableArray<ImmutableArray<Product>> Categories { get; } =
        [.. Shelves.Select(s => Enumerable.Range(1, 8).Select(n => Make(s.Category, s.From, n)).ToImmutableArray())];

    /// <summary>The dearest product of a category that a sum buys; the cheapest where it buys none.</summary>
    public static Product Fitting(int category, decimal sum) =>
        Categories[category].LastOrDefault(p => p.Price <= sum) ?? Categories[category][0];

    private static Product Make(string category, decimal from, int number)
    {
        var price = from;
        for (var step = 1; step < number; step++)
        {
            price *= 1.5m;
        }

        return new Product($"{category.ToLowerInvariant()}-{number}", category, $"{category} No. {number}", decimal.Round(price, 2));
    }

    /// <param name="Id">Product id.</param>
    /// <param name="Category">Its category.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Price">Price without options, in major units.</param>
    internal sealed record Product(string Id, string Category, string Name, decimal Price);
}
