using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Training.Imports;

/// <summary>The general order file: a line per order, or neighbouring lines per order with a product each. The first line gives the order's total.</summary>
internal sealed class OrdersReader : IHistoryReader
{
    private static readonly CsvColumn[] Columns =
    [
        new("customer_id", true), new("order_id", false), new("timestamp", true), new("total", true), new("currency", false), new("cost", false),
        new("discount", false), new("coupon", false), new("product_id", false), new("category", false), new("quantity", false), new("price", false),
    ];

    public string Format => "orders";

    public IEnumerable<HistoryRow> Read(TextReader text, HistoryContext context)
    {
        var seen = new SeenOrders();
        (CustomerId Customer, CustomerEvent Event, long Line, int Lines)? open = null;
        foreach (var record in CsvTable.Read(text, context, Columns))
        {
            var customer = record.Customer("customer_id", record.Text("customer_id"));
            var order = record.TextOrNull("order_id") ?? $"line:{record.First}:{customer.Id}";
            var key = $"orders:{order}:{customer.Id}";
            var same = open is { } o && o.Event.MessageId == key;
            if (!same && open is { } done)
            {
                yield return HistoryRow.Of(done.Customer, done.Event, done.Line, done.Lines);
                open = null;
            }

            if (!same && record.Problem is null && seen.Contains(key))
            {
                record.Refuse(RefusalCodes.RepeatedOrder, $"order_id '{order}' was there before; the lines of an order have to be neighbours.");
            }

            var product = ProductOf(record);
            var e = same ? open!.Value.Event : EventOf(record, order, key, context.Source);
            if (record.Problem is { } problem)
            {
                yield return HistoryRow.Of(problem, record.Lines);
                continue;
            }

            seen.Add(key);
            e = product is null ? e : e with { Products = e.Products.Add(product) };
            open = (customer, e, record.Last, (open?.Lines ?? 0) + record.Lines);
        }

        if (open is { } last)
        {
            yield return HistoryRow.Of(last.Customer, last.Event, last.Line, last.Lines);
        }
    }

    private static CustomerEvent EventOf(CsvRecord record, string order, string key, string source)
    {
        var currency = record.TextOrNull("currency");
        return new CustomerEvent
        {
            MessageId = key,
            Source = source,
            Kind = EventKind.OrderCompleted,
            At = record.Time("timestamp"),
            Order = new OrderFacts(
                order,
                record.Amount("total", currency),
                record.AmountOrNull("cost", currency),
                record.AmountOrNull("discount", currency),
                record.TextOrNull("coupon")),
        };
    }

    private static ProductLine? ProductOf(CsvRecord record)
    {
        var (id, category) = (record.TextOrNull("product_id"), record.TextOrNull("category"));
        var price = record.AmountOrNull("price", record.TextOrNull("currency"));
        var quantity = record.Text("quantity").Length == 0 ? 1 : record.Whole("quantity");
        if (quantity < 0)
        {
            record.Refuse(RefusalCodes.BadNumber, $"quantity: '{quantity}' is below zero.");
        }

        return id is null && category is null && price is null ? null : new ProductLine(id, category, price, quantity);
    }
}
