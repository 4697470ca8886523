using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Recommendations.Catalogues;

/// <summary>
/// Collects the products of orders: of each the last category and the last price that were seen, and of one instant those that are last by
/// name and dearest. Orders may come in any order.
/// </summary>
public sealed class CatalogueBuilder
{
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>Takes in the products of an order that counts as a purchase.</summary>
    public void Add(Order order)
    {
        if (order is { IsPurchase: true, Current: { } current })
        {
            foreach (var line in current.Lines)
            {
                Add(line, current.At);
            }
        }
    }

    /// <summary>The catalogue of what was taken in.</summary>
    public Catalogue Build() => Catalogue.Of(_seen.Select(s => new CatalogueProduct(s.Key, s.Value.Category.Name, s.Value.Price.Amount)));

    private void Add(ProductLine line, DateTimeOffset at)
    {
        if (line.ProductId is not { } id)
        {
            return;
        }

        var seen = _seen.GetValueOrDefault(id);
        if (line.Category is { } category
            && (seen.Category.Name is null || Compare(at, category, seen.Category.At, seen.Category.Name) > 0))
        {
            seen.Category = (at, category);
        }

        if (line.Price is { } price && (seen.Price.Amount is null || (at, price).CompareTo((seen.Price.At, seen.Price.Amount.Value)) > 0))
        {
            seen.Price = (at, price);
        }

        _seen[id] = seen;
    }

    private static int Compare(DateTimeOffset at, string name, DateTimeOffset otherAt, string otherName) =>
        at.CompareTo(otherAt) is not 0 and var first ? first : string.CompareOrdinal(name, otherName);

    private record struct Seen((DateTimeOffset At, string? Name) Category, (DateTimeOffset At, Money? Amount) Price);
}
