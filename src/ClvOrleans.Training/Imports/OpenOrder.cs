using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Training.Imports;

/// <summary>An order to which lines with products are still added.</summary>
internal sealed class OpenOrder(CustomerId customer, CustomerEvent e, long first)
{
    private readonly List<ProductLine> _products = [];
    private int _lines;

    public CustomerEvent Event => e;

    public bool IsFull => _products.Count >= RefusalCodes.MostLines;

    public void Add(ProductLine? product, int lines)
    {
        _lines += lines;
        if (product is not null)
        {
            _products.Add(product);
        }
    }

    public HistoryRow Close() => HistoryRow.Of(customer, e with { Products = [.. _products] }, first, _lines);
}
