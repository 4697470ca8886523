using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Backtests;

/// <summary>
/// Splits the orders of a store by time: of each customer with two baskets or more the last basket is the next one, the earlier ones are
/// the history. A basket is a local day.
/// </summary>
public sealed class LastBasketSplit(StoreSettings store, Func<string, bool>? isProduct = null)
{
    private readonly CatalogueBuilder _catalogue = new();
    private readonly List<(CustomerId Id, BasketHistory Baskets)> _customers = [];

    /// <summary>Takes in the orders of one customer.</summary>
    public void Add(CustomerId customer, IEnumerable<Order> orders)
    {
        var all = orders.ToList();
        all.ForEach(_catalogue.Add);
        _customers.Add((customer, BasketHistory.Of(
            all.Select(o => OrderedProducts.Of(o, store)).OfType<OrderedProducts>().Where(o => !o.IsReturned).Select(Products))));
    }

    /// <summary>The split; customers in order of the last day of their history, then by id.</summary>
    public (Catalogue Catalogue, BacktestCustomer[] Customers) Split()
    {
        var catalogue = Catalogue.Of(_catalogue.Build().Products.Where(p => isProduct?.Invoke(p.Id) ?? true));
        var customers = _customers.Select(c => (c.Id, Sequence: BasketSequence.Of(c.Baskets, catalogue)))
            .Where(c => c.Sequence.Count >= 2)
            .OrderBy(c => c.Sequence.DayOf(c.Sequence.Count - 2)).ThenBy(c => c.Id.ToText(), StringComparer.Ordinal);
        return (catalogue,
        [
            .. customers.Select(c =>
            {
                var last = c.Sequence.Count - 1;
                return new BacktestCustomer(c.Sequence.Take(last), c.Sequence.ProductsOf(last).ToHashSet(), c.Sequence.DayOf(last));
            }),
        ]);
    }

    private OrderedProducts Products(OrderedProducts order) =>
        isProduct is null ? order : order with { Units = order.Units.RemoveRange(order.Units.Keys.Where(p => !isProduct(p))) };
}
