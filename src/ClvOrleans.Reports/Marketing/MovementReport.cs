using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Tables;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// Movement between lifecycles from the end of a month to that of the next: each buyer as known then, valued by today's model.
/// </summary>
public static class MovementReport
{
    private static readonly ReportColumn[] Columns =
    [
        new("month", ColumnKind.Text, "The month at whose end customers are where they are; the last one may not be over."),
        new("from", ColumnKind.Text, "Where they were at the end of the month before; (none) of those who had not bought."),
        new("to", ColumnKind.Text, "Where they are."),
        new("customers", ColumnKind.Count, "How many."),
        new("predicted", ColumnKind.Amount, "What they are expected to bring, as of the end of the month."),
        new("predictedBefore", ColumnKind.Amount, "The same as of the end of the month before."),
        new("unfinished", ColumnKind.Flag, "Whether the month is not over."),
    ];

    /// <summary>The days as of whose end customers are looked at: the ends of months, and today.</summary>
    /// <param name="today">The store's day.</param>
    /// <param name="months">How many months are reported, at least 1.</param>
    public static IReadOnlyList<DateOnly> DaysOf(DateOnly today, int months)
    {
        var first = new DateOnly(today.Year, today.Month, 1);
        return [.. Enumerable.Range(0, months).Select(i => first.AddMonths(i - months + 1).AddDays(-1)), today];
    }

    /// <summary>The report.</summary>
    /// <param name="customers">
    /// Of each customer who has bought, lifecycle and predicted value as of each of the days; null of those before the first purchase.
    /// </param>
    /// <param name="days">The days.</param>
    /// <param name="store">The store.</param>
    public static ReportTable Of(
        IEnumerable<IReadOnlyList<(Lifecycle Lifecycle, Money Predicted)?>> customers, IReadOnlyList<DateOnly> days,
        StoreSettings store)
    {
        var moves = new Dictionary<(int Day, Lifecycle? From, Lifecycle To), (long Customers, Money Now, Money Before)>();
        foreach (var places in customers)
        {
            for (var i = 1; i < days.Count; i++)
            {
                if (places[i] is { } now)
                {
                    var key = (i, places[i - 1]?.Lifecycle, now.Lifecycle);
                    var sum = moves.GetValueOrDefault(key);
                    moves[key] = (sum.Customers + 1, sum.Now + now.Predicted, sum.Before + (places[i - 1]?.Predicted ?? default));
                }
            }
        }

        var last = days.Count - 1;
        return new ReportTable
        {
            Report = "movement",
            AsOf = days[last],
            Currency = store.Currency.Code,
            Columns = [.. Columns],
            Rows =
            [
                .. moves.OrderBy(m => m.Key.Day).ThenBy(m => m.Key.From).ThenBy(m => m.Key.To).Select(m => new object?[]
                {
                    $"{days[m.Key.Day]:yyyy-MM}", m.Key.From?.ToString() ?? BuyerGroups.None, m.Key.To.ToString(), m.Value.Customers,
                    store.Currency.ToMajor(m.Value.Now), store.Currency.ToMajor(m.Value.Before),
                    m.Key.Day == last && days[last].AddDays(1).Day != 1,
                }),
            ],
        };
    }
}
