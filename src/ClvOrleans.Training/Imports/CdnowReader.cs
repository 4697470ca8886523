using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Training.Imports;

/// <summary>CDNOW: blank separated customer, day, units, dollars; in the sample the sample's own id comes second. Each line is an order.</summary>
internal sealed class CdnowReader : IHistoryReader
{
    private const int Master = 4;
    private const int Sample = 5;

    public string Format => "cdnow";

    public IEnumerable<HistoryRow> Read(TextReader text, HistoryContext context)
    {
        if (!context.Columns.IsEmpty)
        {
            throw new HistoryFormatException($"The format cdnow goes by position: the column '{context.Columns.Keys.First()}' cannot be mapped.");
        }

        var amounts = new Amounts(context);
        var width = 0;
        var line = 0;
        while (text.ReadLine() is { } content)
        {
            line++;
            var fields = content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0 || (line == 1 && fields[0].Any(char.IsAsciiLetter)))
            {
                continue;
            }

            if (width == 0)
            {
                width = fields.Length is Master or Sample ? fields.Length : throw new HistoryFormatException(
                    $"Line {line} has {fields.Length} columns: customer_id [sample_id] date units dollars were expected.");
            }

            yield return RowOf(fields, line, width, amounts);
        }

        if (width == 0)
        {
            throw new HistoryFormatException("The file is empty: customer_id [sample_id] date units dollars were expected.");
        }
    }

    private static HistoryRow RowOf(string[] fields, int line, int width, Amounts amounts)
    {
        HistoryRow Refused(string code, string message) => HistoryRow.Of(new HistoryRefusal(line, code, message), 1);

        if (fields.Length != width)
        {
            return Refused(RefusalCodes.WrongColumnCount, $"Line {line} has {fields.Length} columns, the first has {width}.");
        }

        var (id, date, units, dollars) = (fields[0], fields[^3], fields[^2], fields[^1]);
        var context = amounts.Context;
        if (id.Length > CustomerId.MaxLength)
        {
            return Refused(RefusalCodes.BadCustomer, $"customer_id is longer than {CustomerId.MaxLength}.");
        }

        if (!Values.TryDay(date, out var day) || !Values.TryNoon(day, context.Store.TimeZone, out var at))
        {
            return Refused(RefusalCodes.BadDate, $"date: '{date}' is no day (yyyymmdd).");
        }

        if (!Values.TryNumber(units, out var number) || number != decimal.Truncate(number) || number is < 0 or > int.MaxValue)
        {
            return Refused(RefusalCodes.BadNumber, $"units: '{units}' is no count.");
        }

        if (!Values.TryNumber(dollars, out var paid))
        {
            return Refused(RefusalCodes.BadNumber, $"dollars: '{dollars}' is no number.");
        }

        if (paid < 0)
        {
            return Refused(RefusalCodes.NegativePrice, $"dollars: '{dollars}' is below zero.");
        }

        if (!amounts.TryConvert(paid, null, out var value, out var code))
        {
            return Refused(code, $"dollars: '{dollars}' is too large, or has no rate.");
        }

        var key = $"cdnow:{id}:{line}";
        return HistoryRow.Of(
            CustomerId.OfUser(context.Store.Id, id),
            new CustomerEvent
            {
                MessageId = key,
                Source = context.Source,
                Kind = EventKind.OrderCompleted,
                At = at,
                Order = new OrderFacts(key, value),
                Products = [new ProductLine(null, Quantity: (int)number)],
            },
            line,
            1);
    }
}
