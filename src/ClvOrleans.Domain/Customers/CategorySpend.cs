using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Domain.Customers;

/// <summary>What a customer bought of a category, by the prices of the products in orders that count.</summary>
/// <param name="Category">The shop's category.</param>
/// <param name="Units">Units bought, at least 1.</param>
/// <param name="Amount">Their prices.</param>
public sealed record CategorySpend(string Category, long Units, Money Amount)
{
    /// <summary>How many categories are kept of a customer: those of the most units, and of equal units the first by name.</summary>
    public const int Most = 16;

    /// <summary>The categories bought, by name. Products without a price or a category are passed over.</summary>
    internal static ImmutableArray<CategorySpend> AllOf(IEnumerable<Order> purchases)
    {
        var sums = new SortedDictionary<string, (long Units, Int128 Amount)>(StringComparer.Ordinal);
        foreach (var order in purchases)
        {
            foreach (var line in order.Current!.Lines)
            {
                if (line is { Category: { } category, Price: { } price, Quantity: > 0 })
                {
                    var (units, amount) = sums.GetValueOrDefault(category);
                    sums[category] = (units + line.Quantity, amount + (price.Minor * line.Quantity));
                }
            }
        }

        IEnumerable<KeyValuePair<string, (long Units, Int128 Amount)>> kept = sums;
        if (sums.Count > Most)
        {
            kept = sums.OrderByDescending(s => s.Value.Units).Take(Most).OrderBy(s => s.Key, StringComparer.Ordinal);
        }

        return [.. kept.Select(s => new CategorySpend(s.Key, s.Value.Units, new Money(s.Value.Amount)))];
    }
}
