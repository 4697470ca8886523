using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Recommendations.Baskets;

/// <summary>What one order says of products: bought on a day, or taken back.</summary>
/// <param name="Day">The order's local day.</param>
/// <param name="Units">Units by product, in order of product id.</param>
/// <param name="IsReturned">Whether the order was refunded in full: its products were not kept.</param>
public sealed record OrderedProducts(DateOnly Day, ImmutableSortedDictionary<string, int> Units, bool IsReturned = false)
{
    /// <summary>
    /// Reads an order as it now is; null where it says nothing of products: not completed, unpaid, cancelled, or without product ids.
    /// </summary>
    public static OrderedProducts? Of(Order order, StoreSettings store)
    {
        if (order is not { Completed: not null, Current: { } current })
        {
            return null;
        }

        var isReturned = !order.IsPurchase;
        if (isReturned && (order.CancelledAt is not null || !order.HasRefund))
        {
            return null;
        }

        return Of(store.DayOf(order.Completed.At), current.Lines, isReturned);
    }

    /// <summary>What a refund says was sent back; null where it names no product.</summary>
    public static OrderedProducts? OfRefund(CustomerEvent e, StoreSettings store) =>
        e.Kind == EventKind.OrderRefunded ? Of(store.DayOf(e.At), e.Products, true) : null;

    private static OrderedProducts? Of(DateOnly day, ImmutableArray<ProductLine> lines, bool isReturned)
    {
        var units = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var line in lines.Where(l => l is { ProductId: not null, Quantity: > 0 }))
        {
            units[line.ProductId!] = (int)Math.Min(int.MaxValue, units.GetValueOrDefault(line.ProductId!) + (long)line.Quantity);
        }

        return units.Count == 0 ? null : new(day, units.ToImmutable(), isReturned);
    }
}
