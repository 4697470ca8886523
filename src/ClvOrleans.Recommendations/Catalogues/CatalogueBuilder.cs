using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Recommendations.Catalogues;

/// <summary>
/// Collects the products of orders: of each the last category and the last price that were seen, and of one instant those that are last by
/// name and dearest. Orders may come in any order.
/// </summary>
public sealed class CatalogueBuilder
{
    private readonly Dictionary<string, Known> _seen = new(StringComparer.Ordinal);

    /// <summary>Takes in the products of an order that counts as a purchase.</summary>
    public void Add(Order order)
    {
        if (order is { IsPurchase: true, Current: { } current })
        {
            foreach (var line in current.Lines)
            {
                if (line.ProductId is { } id)
                {
                    Add(id, line.Category, current.At, line.Price, current.At);
                }
            }
        }
    }

    /// <summary>Takes in what another builder has seen of a product.</summary>
    public void Add(SeenProduct product)
    {
        Add(product.Id, product.Category, product.CategoryAt, product.Price, product.PriceAt);
    }

    /// <summary>What was taken in, in order of id, for another builder.</summary>
    public IEnumerable<SeenProduct> Seen => _seen.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new SeenProduct(
        s.Key, s.Value.Category.Name, s.Value.Category.At, s.Value.Price.Amount, s.Value.Price.At));

    /// <summary>The catalogue of what was taken in.</summary>
    public Catalogue Build() => Catalogue.Of(_seen.Select(s => new CatalogueProduct(s.Key, s.Value.Category.Name, s.Value.Price.Amount)));

    private void Add(string id, string? name, DateTimeOffset nameAt, Money? amount, DateTimeOffset amountAt)
    {
        var seen = _seen.GetValueOrDefault(id);
        if (name is { } category
            && (seen.Category.Name is null || Compare(nameAt, category, seen.Category.At, seen.Category.Name) > 0))
        {
            seen.Category = (nameAt, category);
        }

        if (amount is { } price
            && (seen.Price.Amount is null || (amountAt, price).CompareTo((seen.Price.At, seen.Price.Amount.Value)) > 0))
        {
            seen.Price = (amountAt, price);
        }

        _seen[id] = seen;
    }

    private static int Compare(DateTimeOffset at, string name, DateTimeOffset otherAt, string otherName) =>
        at.CompareTo(otherAt) is not 0 and var first ? first : string.CompareOrdinal(name, otherName);

    private record struct Known((DateTimeOffset At, string? Name) Category, (DateTimeOffset At, Money? Amount) Price);
}
