using System.Collections.Immutable;
using ClvOrleans.Domain.Stock;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Storage.Stock;

namespace ClvOrleans.Grains.Recommendations;

/// <summary>What a store has to sell, at a revision.</summary>
public sealed class StoreShelf
{
    // One reference: answers on several threads see a catalogue with its own shelf.
    private volatile Made? _last;

    private StoreShelf(long revision, ImmutableSortedDictionary<string, ProductStock> products) =>
        (Revision, Products) = (revision, products);

    /// <summary>Nothing was ever said of a product.</summary>
    public static StoreShelf Empty { get; } = new(0, ImmutableSortedDictionary.Create<string, ProductStock>(StringComparer.Ordinal));

    /// <summary>The last write that is in it.</summary>
    public long Revision { get; }

    /// <summary>The products by id, in order.</summary>
    public ImmutableSortedDictionary<string, ProductStock> Products { get; }

    /// <summary>The shelf with later changes.</summary>
    public StoreShelf With(IReadOnlyList<StockChange> changes)
    {
        var products = Products.ToBuilder();
        foreach (var change in changes)
        {
            if (change.Stock is { } stock)
            {
                products[change.Product] = stock;
            }
            else
            {
                products.Remove(change.Product);
            }
        }

        return new(changes.Max(c => c.Revision), products.ToImmutable());
    }

    /// <summary>The shelf by the numbers of a catalogue: made once for each.</summary>
    public Shelf Of(Catalogue catalogue)
    {
        if (_last is { } last && ReferenceEquals(last.Catalogue, catalogue))
        {
            return last.Shelf;
        }

        var shelf = Shelf.Of(
            catalogue, Products.Values.Where(p => p.IsOut).Select(p => p.Product),
            Products.Values.Where(p => p.IsPromoted).Select(p => p.Product));
        _last = new Made(catalogue, shelf);
        return shelf;
    }

    private sealed record Made(Catalogue Catalogue, Shelf Shelf);
}
