using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Files;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>A file with the order as its only line, as <c>clv import</c> and <c>POST /api/v1/imports</c> read it.</summary>
/// <param name="format">The format's name.</param>
/// <param name="text">The file of an order.</param>
/// <param name="cannotCarry">What the format has no place for.</param>
internal sealed class FileDoor(string format, Func<SentOrder, string> text, Func<OddValue, string?> cannotCarry) : IDoor
{
    public string Name => "a file of " + format;

    public static FileDoor Events { get; } = new(
        "events", order => JsonOrder.Of(order),
        v => v is { Field: OrderField.Time, Text: "" } ? "an event without a time happened when it came" : null);

    public static FileDoor Orders { get; } = new(
        "orders",
        o =>
            $"customer_id,order_id,timestamp,total,currency,product_id,quantity\n{Csv(o.Customer, o.Order, o.Time, o.Amount, o.Currency, "p", o.Quantity)}\n",
        v => v.ColumnDecides ? "the whole column decides"
            : v is { Field: OrderField.Order, Text.Length: 0 } ? "an order without an id is known by its line"
            : null);

    public static FileDoor Shopify { get; } = new(
        "shopify",
        o => "Name,Email,Financial Status,Subtotal,Created at,Currency,Id,Lineitem quantity,Lineitem sku\n"
            + Csv("#1001", o.Customer, "paid", o.Amount, o.Time, o.Currency, o.Order, o.Quantity, "p") + "\n",
        v => v.ColumnDecides ? "the whole column decides"
            : v is { Field: OrderField.Order, Text.Length: 0 } ? "an order without an id is known by its name"
            : null);

    public string? CannotCarry(OddValue value) => cannotCarry(value);

    public (CustomerId Customer, CustomerEvent Event, IReadOnlyList<EventNote> Notes) Judge(SentOrder order)
    {
        var bytes = Encoding.UTF8.GetBytes(text(order));
        using var file = HistoryFile.Read(new MemoryStream(bytes), bytes.Length);
        var context = new HistoryContext { Store = SameVerdictTests.Store, Source = "import", Now = SameVerdictTests.Now };
        var row = Assert.Single(HistoryReaders.Find(format)!.Read(file.Lines, context));
        return row.Refusal is { } refusal
            ? throw new RefusedException(refusal.Code, refusal.Message)
            : (row.Customer, row.Event!, row.Notes);
    }

    private static string Csv(params string[] fields) =>
        string.Join(',', fields.Select(f => '"' + f.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'));
}
