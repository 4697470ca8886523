using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>Shopify's orders export: a row per line item, the order's own columns in its first row only. The value is the subtotal, after discounts.</summary>
internal sealed class ShopifyReader : IHistoryReader
{
    private static readonly CsvColumn[] Columns =
    [
        new("Name", true), new("Email", true), new("Financial Status", true), new("Subtotal", true), new("Created at", true),
        new("Currency", false), new("Discount Code", false), new("Discount Amount", false), new("Cancelled at", false),
        new("Refunded Amount", false), new("Id", false), new("Lineitem quantity", false), new("Lineitem price", false),
        new("Lineitem sku", false), new("Lineitem name", false),
    ];

    public string Format => "shopify";

    public bool Recognises(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter) =>
        CsvLayout.Recognises(firstLine, Columns, columns, delimiter);

    public IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context)
    {
        var seen = new SeenOrders();
        var order = new List<CsvRecord>();
        foreach (var record in CsvTable.Read(lines, context, Columns, "Created at"))
        {
            if (record.Problem is null && record.Text("Name").Length == 0)
            {
                record.Refuse(RuleCodes.MissingOrder, IdRules.Missing(IdKind.Order, "Name").Message);
            }

            if (order.Count == RefusalCodes.MostLines && order[0].Text("Name") == record.Text("Name"))
            {
                record.Refuse(RefusalCodes.OrderTooLong, $"Name: the order '{record.Text("Name")}' has more than {RefusalCodes.MostLines} rows.");
            }

            if (record.Problem is { } problem)
            {
                yield return HistoryRow.Of(problem, record.Lines);
                continue;
            }

            if (order.Count > 0 && order[0].Text("Name") != record.Text("Name"))
            {
                foreach (var row in RowsOf(order, seen, context))
                {
                    yield return row;
                }

                order.Clear();
            }

            order.Add(record);
        }

        foreach (var row in RowsOf(order, seen, context))
        {
            yield return row;
        }
    }

    private static IEnumerable<HistoryRow> RowsOf(List<CsvRecord> order, SeenOrders seen, HistoryContext context)
    {
        if (order.Count == 0)
        {
            yield break;
        }

        var first = order[0];
        var (customer, currency) = (first.Customer("Email", first.Text("Email").ToLowerInvariant()), first.TextOrNull("Currency"));
        var status = first.Text("Financial Status").ToLowerInvariant();
        if (status is not ("paid" or "partially_paid" or "refunded" or "partially_refunded"))
        {
            first.Refuse(RefusalCodes.NotPaid, $"Financial Status: '{status}' is not paid.");
        }

        // The webhooks know the order by this id too.
        var orderId = first.OrderId("Id") ?? first.OrderId("Name")!;
        if (seen.Contains(orderId))
        {
            first.Refuse(RefusalCodes.RepeatedOrder, $"Name: the order '{first.Text("Name")}' came earlier in the file; the rows of an order must follow each other.");
        }

        var facts = new OrderFacts(
            orderId,
            first.Amount("Subtotal", currency),
            null,
            first.Described("Discount Amount", currency),
            first.TextOrNull("Discount Code"));
        var at = first.Time("Created at");
        var refunded = first.AmountOrNull("Refunded Amount", currency);
        DateTimeOffset? cancelled = first.Text("Cancelled at").Length == 0 ? null : first.Time("Cancelled at");
        if (first.Problem is { } refusal)
        {
            yield return HistoryRow.Of(refusal, [.. order.SelectMany(r => r.Lines)]);
            yield break;
        }

        seen.Add(orderId);
        var products = order.Select(r => ProductOf(r, currency)).OfType<ProductLine>().ToList();
        var completed = new CustomerEvent
        {
            MessageId = $"shopify:{orderId}:order",
            Source = context.Source,
            Kind = EventKind.OrderCompleted,
            At = at,
            Order = facts,
            Products = [.. products],
        };
        yield return HistoryRow.Of(customer, completed, [.. order.SelectMany(r => r.Lines)]) with { Notes = [.. order.SelectMany(r => r.Notes)] };
        var further = completed with { Order = null, Products = ImmutableArray<ProductLine>.Empty };
        if (refunded > Money.Zero)
        {
            yield return HistoryRow.Of(
                customer,
                further with { MessageId = $"shopify:{orderId}:refund", Kind = EventKind.OrderRefunded, Refund = new RefundFacts(orderId, refunded) },
                []);
        }

        if (cancelled is { } when)
        {
            yield return HistoryRow.Of(
                customer,
                further with { MessageId = $"shopify:{orderId}:cancel", Kind = EventKind.OrderCancelled, At = when, Order = new OrderFacts(orderId) },
                []);
        }
    }

    private static ProductLine? ProductOf(CsvRecord record, string? currency)
    {
        var id = record.TextOrNull("Lineitem sku") ?? record.TextOrNull("Lineitem name");
        var price = record.Described("Lineitem price", currency);
        var quantity = record.Units("Lineitem quantity");
        return id is null && price is null ? null : new ProductLine(id, null, price, quantity);
    }
}
