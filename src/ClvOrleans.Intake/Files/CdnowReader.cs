using System.Collections.Immutable;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// CDNOW: blank separated customer, day, units, dollars; in the sample the sample's own id comes second. Each line is an order.
/// </summary>
internal sealed class CdnowReader : IHistoryReader
{
    private const int Master = 4;
    private const int Sample = 5;

    public string Format => "cdnow";

    public bool Recognises(string firstLine, ImmutableDictionary<string, string> columns, char? delimiter) =>
        Split(firstLine) is { Length: Master or Sample } fields
        && (fields is ["customer_id", .., "date", _, _]
            || (IsDay(fields[^3]) && PlainNumber.TryRead(fields[^2], out _) && PlainNumber.TryRead(fields[^1], out _)));

    public IEnumerable<HistoryRow> Read(TextLines lines, HistoryContext context)
    {
        if (!context.Columns.IsEmpty)
        {
            throw new HistoryFormatException($"The format cdnow goes by position: the column '{context.Columns.Keys.First()}' cannot be "
                + "mapped.");
        }

        context.CheckCurrency();
        var repetitions = new Repetitions();
        var form = FileForm.Plain;
        CsvLayout? layout = null;
        while (lines.TryRead(out var line))
        {
            var fields = Split(line.Text);
            if (fields.Length == 0 || (line.Number == 1 && fields[0].Any(char.IsAsciiLetter)))
            {
                continue;
            }

            layout ??= LayoutOf(fields, line.Number);
            var record = CsvRecord.Of(new CsvLine(fields, line.Number, line.Number, line.Flaw), layout, context, form);
            yield return RowOf(record, repetitions, context.Source);
        }

        if (layout is null)
        {
            throw new HistoryFormatException(lines.Broken ?? "The file is empty: customer_id [sample_id] date units dollars were "
                + "expected.");
        }
    }

    private static bool IsDay(string text) =>
        text.All(char.IsAsciiDigit) && TimeRules.TryRead(text, DateOrder.Ymd, out var time) && time.IsDay;

    private static string[] Split(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static CsvLayout LayoutOf(string[] fields, long line)
    {
        var width = fields.Length;
        return width is Master or Sample
            ? new CsvLayout(' ', new string[width], new Dictionary<string, int>
            {
                ["customer_id"] = 0,
                ["date"] = width - 3,
                ["units"] = width - 2,
                ["dollars"] = width - 1,
            })
            : throw new HistoryFormatException($"Line {line} has {width} columns: customer_id [sample_id] date units dollars were "
                + "expected.");
    }

    private static HistoryRow RowOf(CsvRecord record, Repetitions repetitions, string source)
    {
        var customer = record.Customer("customer_id", record.Text("customer_id"));
        var (at, units, value) = (record.Time("date"), record.Units("units"), record.Amount("dollars", null));
        if (record.Problem is { } problem)
        {
            return HistoryRow.Of(problem, record.Lines);
        }

        var key = $"cdnow:{repetitions.Name(string.Join(' ', record.Fields))}";
        var row = HistoryRow.Of(
            customer,
            new CustomerEvent
            {
                MessageId = key,
                Source = source,
                Kind = EventKind.OrderCompleted,
                At = at,
                Order = new OrderFacts(key, value),
                Products = [new ProductLine(null, Quantity: units)],
            },
            record.Lines);
        return row with { Notes = record.Notes };
    }
}
