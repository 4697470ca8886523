using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>An order to which lines are still added; it becomes an event, or a refusal where its lines contradict one another.</summary>
internal sealed class OpenOrder
{
    private const int MostShown = 5;

    private readonly List<ProductLine> _products = [];
    private readonly List<long> _lines = [];
    private readonly List<EventNote> _notes = [];
    private readonly SortedDictionary<string, List<string>> _said = new(StringComparer.Ordinal);
    private readonly HistoryContext _context;
    private readonly CsvRecord _first;
    private readonly DateTimeOffset _at;
    private readonly DateTimeOffset _changed;
    private readonly StatusMeaning? _meaning;
    private readonly Money? _cost;
    private readonly Money? _discount;
    private decimal _total;
    private decimal _refunded;

    /// <summary>Begins with the order's first line; what is wrong with it stays in its problem.</summary>
    public OpenOrder(string key, string order, CustomerId customer, CsvRecord first, HistoryContext context)
    {
        (Key, Order, Customer, _first, _context) = (key, order, customer, first, context);
        _at = first.Time("timestamp");
        _changed = OrderColumns.LastChange(first, _at, "updated_at");
        _meaning = OrderColumns.MeaningOf(first, context);
        (_cost, _discount) = (first.Described("cost", Currency), first.Described("discount", Currency));
        if (first.Major("total") is { } total)
        {
            first.Round("total", total, Currency);
        }

        Add(first);
    }

    /// <summary>The event's name, of order and customer.</summary>
    public string Key { get; }

    /// <summary>The order's id.</summary>
    public string Order { get; }

    public CustomerId Customer { get; }

    public bool IsFull => _lines.Count >= RefusalCodes.MostLines;

    private string? Currency => _first.TextOrNull("currency");

    /// <summary>Adds a line; what is wrong with it stays in its problem.</summary>
    public void Add(CsvRecord record)
    {
        if (record.Problem is not null)
        {
            return;
        }

        var total = record.Text("total").Length > 0 ? record.Major("total") : null;
        decimal? refunded = record.Text("refund_amount").Length > 0 ? record.Unsigned("refund_amount") : null;
        var product = ProductOf(record);
        if (record.Problem is not null)
        {
            return;
        }

        if (_context.Totals == LineTotals.Line || _lines.Count == 0)
        {
            (_total, _refunded) = (_total + (total ?? 0), _refunded + (refunded ?? 0));
        }

        if (_context.Totals == LineTotals.Order)
        {
            Say("total", total?.ToString("0.############", CultureInfo.InvariantCulture));
            Say("refund_amount", refunded?.ToString("0.############", CultureInfo.InvariantCulture));
        }

        Say("currency", record.TextOrNull("currency"));
        Say("status", record.TextOrNull("status"));
        Say("payment_status", record.TextOrNull("payment_status"));
        if (record.TextOrNull("timestamp") is { } time && time != _first.Text("timestamp"))
        {
            record.Note(
                "conflicting_time",
                $"timestamp '{time}' is not that of the first line of the order '{Order}', '{_first.Text("timestamp")}', which counts.");
        }

        _lines.AddRange(record.Lines);
        _notes.AddRange(record.Notes);
        if (product is not null)
        {
            _products.Add(product);
        }
    }

    /// <summary>The event, or the refusal, of all lines.</summary>
    public HistoryRow Close()
    {
        foreach (var (column, said) in _said.Where(s => s.Value.Count > 1))
        {
            _first.Refuse(
                RefusalCodes.ConflictingLines,
                $"{column}: the lines of the order '{Order}' say {string.Join(", ", said)}; an order can have only one."
                    + (column is "total" or "refund_amount" ? " Where each is its own line's, say --totals line." : ""));
        }

        if (_meaning == StatusMeaning.PartlyRefunded && _refunded == 0)
        {
            _first.Refuse(
                RefusalCodes.MissingRefund,
                $"refund_amount: the order '{Order}' was refunded in part, and nothing says how much; name the column with "
                    + "--map refund_amount=NAME.");
        }

        var repayment = Repayment.Of(_meaning, _total, _refunded);
        var value = _first.Round("total", _total, Currency);
        var refunded = OrderColumns.Refunded(repayment, value, _first.Round("refund_amount", repayment.Refunded, Currency));
        if (_first.Problem is { } problem)
        {
            return HistoryRow.Of(problem, _lines);
        }

        var e = new CustomerEvent
        {
            MessageId = Key,
            Source = _context.Source,
            Kind = EventKind.OrderCompleted,
            At = _at,
            Order = new OrderFacts(Order, value, _cost, _discount, _first.TextOrNull("coupon")),
            Products = [.. _products],
        };
        var statement = new OrderStatement(_changed, repayment.Standing, refunded, _context.Now);
        return HistoryRow.Of(Customer, StatedEvent.Of(Key, e, statement), _lines) with
        {
            Notes = _notes,
            Order = OrderColumns.Counted(repayment, Currency, _total, _context),
        };
    }

    private void Say(string column, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (!_said.TryGetValue(column, out var said))
        {
            _said[column] = said = [];
        }

        if (said.Count < MostShown && !said.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            said.Add(text);
        }
    }

    private static ProductLine? ProductOf(CsvRecord record)
    {
        var (id, category) = (record.ProductId("product_id"), record.TextOrNull("category"));
        var price = record.Described("price", record.TextOrNull("currency"));
        var quantity = record.Units("quantity");
        return id is null && category is null && price is null ? null : new ProductLine(id, category, price, quantity);
    }
}
