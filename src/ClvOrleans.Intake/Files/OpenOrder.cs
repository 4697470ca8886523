using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>An order to which lines with products are still added.</summary>
internal sealed class OpenOrder(CustomerId customer, CustomerEvent e)
{
    private readonly List<ProductLine> _products = [];
    private readonly List<long> _lines = [];
    private readonly List<EventNote> _notes = [];

    public CustomerEvent Event => e;

    public bool IsFull => _lines.Count >= RefusalCodes.MostLines;

    public void Add(ProductLine? product, CsvRecord record)
    {
        _lines.AddRange(record.Lines);
        _notes.AddRange(record.Notes);
        if (product is not null)
        {
            _products.Add(product);
        }
    }

    public HistoryRow Close() => HistoryRow.Of(customer, e with { Products = [.. _products] }, _lines) with { Notes = _notes };
}
