using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ClvOrleans.Recommendations.Catalogues;

/// <summary>The products of a store, each with a number (its place in order of id) and its price level.</summary>
public sealed class Catalogue
{
    /// <summary>The category of products without one.</summary>
    public const int NoCategory = -1;

    private readonly FrozenDictionary<string, int> _numbers;
    private readonly int[] _categories;
    private readonly float[] _priceLevels;

    private Catalogue(ImmutableArray<CatalogueProduct> products)
    {
        Products = products;
        _numbers = products.Index().ToDictionary(p => p.Item.Id, p => p.Index, StringComparer.Ordinal)
            .ToFrozenDictionary(StringComparer.Ordinal);
        string[] names = [.. products.Select(p => p.Category).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        _categories =
        [
            .. products.Select(p => p.Category is { } name ? Array.BinarySearch(names, name, StringComparer.Ordinal) : NoCategory),
        ];
        _priceLevels = PriceLevels(products, _categories);
    }

    /// <summary>No products: a new store.</summary>
    public static Catalogue Empty { get; } = new([]);

    /// <summary>The products in order of id.</summary>
    public ImmutableArray<CatalogueProduct> Products { get; }

    /// <summary>How many there are.</summary>
    public int Count => Products.Length;

    /// <summary>A catalogue of products in any order. <exception cref="ArgumentException">An id comes twice.</exception></summary>
    public static Catalogue Of(IEnumerable<CatalogueProduct> products) =>
        new([.. products.OrderBy(p => p.Id, StringComparer.Ordinal)]);

    /// <summary>The number of a product; -1 where the catalogue does not have it.</summary>
    public int NumberOf(string id) => _numbers.GetValueOrDefault(id, -1);

    /// <summary>The number of a product's category, in order of name; <see cref="NoCategory"/> where it has none.</summary>
    public int CategoryOf(int product) => _categories[product];

    /// <summary>
    /// Share of the products of its category that are cheaper, those of equal price counting half: 0 to 1; .5 where the price is unknown.
    /// </summary>
    public float PriceLevelOf(int product) => _priceLevels[product];

    private static float[] PriceLevels(ImmutableArray<CatalogueProduct> products, int[] categories)
    {
        var levels = new float[products.Length];
        Array.Fill(levels, .5f);
        var priced = Enumerable.Range(0, products.Length).Where(i => products[i].Price is not null);
        foreach (var category in priced.GroupBy(i => categories[i]))
        {
            var (below, all) = (0, category.Count());
            foreach (var price in category.GroupBy(i => products[i].Price!.Value).OrderBy(p => p.Key))
            {
                var equal = price.Count();
                foreach (var product in price)
                {
                    levels[product] = (below + (equal / 2f)) / all;
                }

                below += equal;
            }
        }

        return levels;
    }
}
