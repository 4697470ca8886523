using System.Collections.Immutable;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// UCI Online Retail I and II: a line per product. The lines of an invoice are not always neighbours (up to 327 lines apart in the
/// published file), so an invoice stays open for <see cref="Window"/> lines; one that comes still later is refused, not lost.
/// </summary>
internal sealed class OnlineRetailReader : IHistoryReader
{
    public const int Window = 10_000;

    private static readonly CsvColumn[] Columns =
    [
        new("Invoice", true, ColumnKind.Id, "InvoiceNo"), new("StockCode", true, ColumnKind.Text),
        new("Description", false, ColumnKind.Text),
        new("Quantity", true, ColumnKind.Units), new("InvoiceDate", true, ColumnKind.Time),
        new("Price", true, ColumnKind.Amount, "UnitPrice"),
        new("Customer ID", true, ColumnKind.Id, "CustomerID"), new("Country", false, ColumnKind.Text),
    ];

    public string Format => "online-retail";

    public bool Recognises(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter) =>
        CsvLayout.Recognises(firstLine, Columns, columns, delimiter);

    public IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context)
    {
        var open = new Dictionary<string, OpenInvoice>(StringComparer.Ordinal);
        var byAge = new Queue<OpenInvoice>();
        var closed = new SeenOrders();
        foreach (var record in CsvTable.Read(lines, context, Columns, DateOrder.Mdy))
        {
            while (byAge.TryPeek(out var oldest) && oldest.Last + Window < record.First)
            {
                byAge.Dequeue();
                open.Remove(oldest.Key);
                closed.Add(oldest.Key);
                yield return oldest.Close(context.Source);
            }

            Take(record, open, byAge, closed);
            if (record.Problem is { } problem)
            {
                yield return HistoryRow.Of(problem, record.Lines);
            }
        }

        foreach (var invoice in byAge)
        {
            yield return invoice.Close(context.Source);
        }
    }

    private static void Take(CsvRecord record, Dictionary<string, OpenInvoice> open, Queue<OpenInvoice> byAge, SeenOrders closed)
    {
        if (record.Problem is not null)
        {
            return;
        }

        var customer = record.Customer("Customer ID", Normalised(record.Text("Customer ID")));
        var invoice = record.OrderId("Invoice");
        var quantity = record.Whole("Quantity");
        var price = record.Amount("Price", null);
        var at = record.Time("InvoiceDate");
        if (invoice is null)
        {
            record.Refuse(RuleCodes.MissingOrder, IdRules.Missing(IdKind.Order, "Invoice").Message);
        }

        if (record.Problem is not null || invoice is null)
        {
            return;
        }

        var credit = quantity < 0 || invoice.StartsWith('C') || invoice.StartsWith('c');
        var key = $"online-retail:{(credit ? "credit" : "order")}:{invoice}:{customer.Id}";
        if (!open.TryGetValue(key, out var target))
        {
            if (closed.Contains(key))
            {
                record.Refuse(RefusalCodes.RepeatedOrder, $"Invoice '{invoice}' ended more than {Window} lines above.");
                return;
            }

            open[key] = target = new OpenInvoice(key, invoice, customer, credit, record, at);
            byAge.Enqueue(target);
        }

        if (target.IsFull)
        {
            record.Refuse(RefusalCodes.OrderTooLong, $"Invoice '{invoice}' has more than {RefusalCodes.MostLines} lines.");
            return;
        }

        var units = Math.Abs(quantity);
        target.Add(record, new ProductLine(record.TextOrNull("StockCode"), Price: price, Quantity: units), units * record.Number("Price"));
    }

    // Spreadsheets that hold empty ids turn the others into fractions.
    private static string Normalised(string id) =>
        id.EndsWith(".0", StringComparison.Ordinal) && id[..^2].All(char.IsAsciiDigit) ? id[..^2] : id;
}
