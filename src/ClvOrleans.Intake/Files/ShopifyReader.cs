using System.Collections.Immutable;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// Shopify's orders export: a row per line item, the order's own columns in its first row only. The value is the subtotal, after
/// discounts. A later export of the same orders updates them.
/// </summary>
internal sealed class ShopifyReader : IHistoryReader
{
    private static readonly CsvColumn[] Columns =
    [
        new("Name", true, ColumnKind.Text), new("Email", true, ColumnKind.Id), new("Financial Status", true, ColumnKind.Status),
        new("Subtotal", true, ColumnKind.Amount), new("Created at", true, ColumnKind.Time), new("Currency", false, ColumnKind.Currency),
        new("Shipping", false, ColumnKind.Amount), new("Taxes", false, ColumnKind.Amount), new("Total", false, ColumnKind.Amount),
        new("Discount Code", false, ColumnKind.Text), new("Discount Amount", false, ColumnKind.Amount),
        new("Paid at", false, ColumnKind.Time), new("Fulfilled at", false, ColumnKind.Time), new("Cancelled at", false, ColumnKind.Time),
        new("Refunded Amount", false, ColumnKind.Amount), new("Id", false, ColumnKind.Id),
        new("Lineitem quantity", false, ColumnKind.Units), new("Lineitem price", false, ColumnKind.Amount),
        new("Lineitem sku", false, ColumnKind.Id), new("Lineitem name", false, ColumnKind.Text),
    ];

    public string Format => "shopify";

    public bool Recognises(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter) =>
        CsvLayout.Recognises(firstLine, Columns, columns, delimiter);

    public IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context)
    {
        var seen = new SeenOrders();
        var rows = new List<CsvRecord>();
        foreach (var record in CsvTable.Read(lines, context, Columns))
        {
            if (record.Problem is null && record.Text("Name").Length == 0)
            {
                record.Refuse(RuleCodes.MissingOrder, "Name is empty.");
            }

            if (rows.Count == RefusalCodes.MostLines && rows[0].Text("Name") == record.Text("Name"))
            {
                record.Refuse(
                    RefusalCodes.OrderTooLong, $"Name: the order '{record.Text("Name")}' has more than {RefusalCodes.MostLines} rows.");
            }

            if (record.Problem is { } problem)
            {
                yield return HistoryRow.Of(problem, record.Lines);
                continue;
            }

            if (rows.Count > 0 && rows[0].Text("Name") != record.Text("Name"))
            {
                yield return RowOf(rows, seen, context);
                rows = [];
            }

            rows.Add(record);
        }

        if (rows.Count > 0)
        {
            yield return RowOf(rows, seen, context);
        }
    }

    private static HistoryRow RowOf(List<CsvRecord> rows, SeenOrders seen, HistoryContext context)
    {
        var order = new ShopifyOrder(rows, context);
        if (seen.Contains(order.Id))
        {
            rows[0].Refuse(
                RefusalCodes.RepeatedOrder,
                $"Name: the order '{rows[0].Text("Name")}' came earlier in the file; the rows of an order must follow each other.");
        }

        var row = order.ToRow();
        if (row.Event is not null)
        {
            seen.Add(order.Id);
        }

        return row;
    }
}
