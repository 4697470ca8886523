using System.Collections.Immutable;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Files;

/// <summary>The general order file: a line per order, or neighbouring lines per order with a product each. The first line gives the order's total.</summary>
internal sealed class OrdersReader : IHistoryReader
{
    private static readonly CsvColumn[] Columns =
    [
        new("customer_id", true), new("order_id", false), new("timestamp", true), new("total", true), new("currency", false), new("cost", false),
        new("discount", false), new("coupon", false), new("product_id", false), new("category", false), new("quantity", false), new("price", false),
    ];

    public string Format => "orders";

    public bool Recognises(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter) =>
        CsvLayout.Recognises(firstLine, Columns, columns, delimiter);

    public IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context)
    {
        var (seen, repetitions) = (new SeenOrders(), new Repetitions());
        OpenOrder? open = null;
        foreach (var record in CsvTable.Read(lines, context, Columns, "timestamp"))
        {
            var customer = record.Customer("customer_id", record.Text("customer_id"));
            var named = record.OrderId("order_id");
            if (record.Problem is { } early)
            {
                yield return HistoryRow.Of(early, record.Lines);
                continue;
            }

            var order = named ?? $"line:{repetitions.Name(string.Join('\n', record.Fields))}";
            var key = $"orders:{order}:{customer.Id}";
            if (open is not null && open.Event.MessageId != key)
            {
                yield return open.Close();
                open = null;
            }

            if (open is null && seen.Contains(key))
            {
                record.Refuse(RefusalCodes.RepeatedOrder, $"order_id '{order}' came earlier in the file; the lines of an order must follow each other.");
            }

            if (open is { IsFull: true })
            {
                record.Refuse(RefusalCodes.OrderTooLong, $"order_id '{order}' has more than {RefusalCodes.MostLines} lines.");
            }

            var product = ProductOf(record);
            var e = open is null ? EventOf(record, order, key, context.Source) : null;
            if (record.Problem is { } problem)
            {
                yield return HistoryRow.Of(problem, record.Lines);
                continue;
            }

            if (e is not null)
            {
                open = new OpenOrder(customer, e);
                if (named is not null)
                {
                    seen.Add(key);
                }
            }

            open!.Add(product, record);
        }

        if (open is not null)
        {
            yield return open.Close();
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
                record.Described("cost", currency),
                record.Described("discount", currency),
                record.TextOrNull("coupon")),
        };
    }

    private static ProductLine? ProductOf(CsvRecord record)
    {
        var (id, category) = (record.TextOrNull("product_id"), record.TextOrNull("category"));
        var price = record.Described("price", record.TextOrNull("currency"));
        var quantity = record.Units("quantity");
        return id is null && category is null && price is null ? null : new ProductLine(id, category, price, quantity);
    }
}
