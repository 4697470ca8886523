using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Files;

/// <summary>An invoice, or a credit note, to which lines are still added.</summary>
internal sealed class OpenInvoice(string key, string invoice, CustomerId customer, bool credit, CsvRecord first, DateTimeOffset at)
{
    private readonly List<ProductLine> _products = [];
    private decimal _sum;
    private readonly List<long> _lines = [];

    public string Key => key;

    public long Last { get; private set; } = first.First;

    public bool IsFull => _products.Count >= RefusalCodes.MostLines;

    public void Add(CsvRecord record, ProductLine product, decimal amount)
    {
        _products.Add(product);
        _sum += amount;
        _lines.AddRange(record.Lines);
        Last = record.First;
    }

    public HistoryRow Close(string source)
    {
        var value = first.Round("Price", _sum, null);
        if (first.Problem is { } problem)
        {
            return HistoryRow.Of(problem, _lines);
        }

        var e = new CustomerEvent
        {
            MessageId = key,
            Source = source,
            Kind = credit ? EventKind.OrderRefunded : EventKind.OrderCompleted,
            At = at,
            Order = credit ? null : new OrderFacts(invoice, value),
            Refund = credit ? new RefundFacts(null, value) : null,
            Products = [.. _products],
        };
        return HistoryRow.Of(customer, e, _lines);
    }
}
