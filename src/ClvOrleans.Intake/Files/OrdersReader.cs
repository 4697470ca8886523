using System.Collections.Immutable;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// The general order file: a line per order, or neighbouring lines per order with a product each. A line states how its order is now: a
/// later file with the same orders updates them.
/// </summary>
internal sealed class OrdersReader : IHistoryReader
{
    private static readonly CsvColumn[] Columns =
    [
        new("customer_id", true, ColumnKind.Id), new("order_id", false, ColumnKind.Id), new("timestamp", true, ColumnKind.Time),
        new("total", true, ColumnKind.Amount), new("currency", false, ColumnKind.Currency), new("cost", false, ColumnKind.Amount),
        new("discount", false, ColumnKind.Amount), new("coupon", false, ColumnKind.Text),
        new("status", false, ColumnKind.Status, "order_status", "post_status"),
        new("payment_status", false, ColumnKind.Status, "financial_status"),
        new(
            "refund_amount", false, ColumnKind.Amount,
            "refunded_amount", "amount_refunded", "total_refunded", "refund_total", "refunded_total", "refunded", "refund"),
        new("updated_at", false, ColumnKind.Time, "modified_at", "date_modified", "modified_date", "last_modified"),
        new("cancelled_at", false, ColumnKind.Time, "canceled_at"),
        new("product_id", false, ColumnKind.Id), new("category", false, ColumnKind.Text), new("quantity", false, ColumnKind.Units),
        new("price", false, ColumnKind.Amount),
    ];

    public string Format => "orders";

    public bool Recognises(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter) =>
        CsvLayout.Recognises(firstLine, Columns, columns, delimiter);

    public IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context)
    {
        var (seen, repetitions) = (new SeenOrders(), new Repetitions());
        OpenOrder? open = null;
        foreach (var record in CsvTable.Read(lines, context, Columns))
        {
            var customer = record.Customer("customer_id", record.Text("customer_id"));
            var named = record.OrderId("order_id");
            if (record.Problem is null && open is not null && named == open.Order && customer != open.Customer)
            {
                record.Refuse(
                    RefusalCodes.ConflictingLines,
                    $"customer_id: the lines above give the order '{named}' to '{open.Customer.Id}', this one to '{customer.Id}'.");
            }

            if (record.Problem is { } early)
            {
                yield return HistoryRow.Of(early, record.Lines);
                continue;
            }

            var order = named ?? $"line:{repetitions.Name(string.Join('\n', record.Fields))}";
            var key = $"orders:{order}:{customer.Id}";
            if (open is not null && open.Key != key)
            {
                yield return open.Close();
                open = null;
            }

            if (open is null && seen.Contains(key))
            {
                record.Refuse(
                    RefusalCodes.RepeatedOrder,
                    $"order_id '{order}' came earlier in the file; the lines of an order must follow each other.");
            }

            if (open is { IsFull: true })
            {
                record.Refuse(RefusalCodes.OrderTooLong, $"order_id '{order}' has more than {RefusalCodes.MostLines} lines.");
            }

            open?.Add(record);
            var opened = open is null && record.Problem is null ? new OpenOrder(key, order, customer, record, context) : null;
            if (record.Problem is { } problem)
            {
                yield return HistoryRow.Of(problem, record.Lines);
                continue;
            }

            if (opened is not null)
            {
                open = opened;
                if (named is not null)
                {
                    seen.Add(key);
                }
            }
        }

        if (open is not null)
        {
            yield return open.Close();
        }
    }
}
