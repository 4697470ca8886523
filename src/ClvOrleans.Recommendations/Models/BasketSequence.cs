using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Catalogues;

namespace ClvOrleans.Recommendations.Models;

/// <summary>A customer's baskets by the catalogue's numbers, the oldest first.</summary>
/// <param name="days">The day of each, ascending; where only their order is known, their places.</param>
/// <param name="baskets">The products of each, each once.</param>
public sealed class BasketSequence(int[] days, int[][] baskets)
{
    /// <summary>How many baskets.</summary>
    public int Count => baskets.Length;

    /// <summary>The day of a basket.</summary>
    public int DayOf(int basket) => days[basket];

    /// <summary>The products of a basket.</summary>
    public int[] ProductsOf(int basket) => baskets[basket];

    /// <summary>The first baskets only.</summary>
    public BasketSequence Take(int count) => new(days[..count], baskets[..count]);

    /// <summary>The live state of a customer; products that the catalogue does not have are passed over.</summary>
    public static BasketSequence Of(BasketHistory history, Catalogue catalogue)
    {
        var known = history.Sorted
            .Select(d => (Day: d.Key, Products: d.Value.Keys.Select(catalogue.NumberOf).Where(p => p >= 0).ToArray()))
            .Where(d => d.Products.Length > 0).ToList();
        return new([.. known.Select(d => d.Day)], [.. known.Select(d => d.Products)]);
    }
}
