using System.Runtime.InteropServices;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// Movement between lifecycles, value tiers or own segments from the end of a month to that of the next: each buyer as known then, by
/// today's model and definitions.
/// </summary>
public static class MovementReport
{
    /// <summary>Between lifecycles.</summary>
    public const string ByLifecycle = "lifecycle";

    /// <summary>Between value tiers, cut anew among the buyers of each day.</summary>
    public const string ByTier = "tier";

    /// <summary>Between own segments.</summary>
    public const string BySegment = "segment";

    private static readonly ReportColumn[] Columns =
    [
        new("month", ColumnKind.Text, "The month at whose end customers are where they are; the last one may not be over."),
        new("from", ColumnKind.Text, "Where they were at the end of the month before; (not bought) of those without a purchase then."),
        new("to", ColumnKind.Text, "Where they are; (not bought) of those whose purchases were all taken back."),
        new("customers", ColumnKind.Count, "How many."),
        new("predicted", ColumnKind.Amount, "What they are expected to bring, as of the end of the month."),
        new("predictedBefore", ColumnKind.Amount, "The same as of the end of the month before."),
        new("unfinished", ColumnKind.Flag, "Whether the month is not over."),
    ];

    /// <summary>The ways to group buyers.</summary>
    public static IReadOnlyCollection<string> Ways { get; } = [ByLifecycle, ByTier, BySegment];

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
    /// Of each customer who has bought, the place as of each of the days; null of those without a purchase that counts.
    /// </param>
    /// <param name="by">One of <see cref="Ways"/>.</param>
    /// <param name="days">The days.</param>
    /// <param name="store">The store.</param>
    public static ReportTable Of(
        IReadOnlyCollection<IReadOnlyList<BuyerPlace?>> customers, string by, IReadOnlyList<DateOnly> days, StoreSettings store)
    {
        var moves = new Dictionary<((int Order, string Name) From, (int Order, string Name) To), Move>();
        var (last, rows) = (days.Count - 1, new List<object?[]>());
        var groups = days.Select((_, i) => MovementGroups.On(by, customers.Select(c => c[i]).OfType<BuyerPlace>())).ToArray();
        for (var i = 1; i < days.Count; i++)
        {
            moves.Clear();
            foreach (var (before, now) in customers.Select(c => (c[i - 1], c[i])).Where(c => c is not (null, null)))
            {
                foreach (var from in groups[i - 1](before))
                {
                    foreach (var to in groups[i](now))
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(moves, (from, to), out _).Add(before, now);
                    }
                }
            }

            var hidden = Hidden(moves, store.SmallestGroup);
            rows.AddRange(moves.Where(m => !hidden.Contains((m.Key.From, m.Key.To)))
                .Where(m => (m.Key.From.Name, m.Key.To.Name) != (MovementGroups.All, MovementGroups.All))
                .OrderBy(m => m.Key.From.Order).ThenBy(m => m.Key.From.Name, StringComparer.Ordinal)
                .ThenBy(m => m.Key.To.Order).ThenBy(m => m.Key.To.Name, StringComparer.Ordinal)
                .Select(m => m.Value.ToRow($"{days[i]:yyyy-MM}", m.Key.From.Name, m.Key.To.Name, store.Currency,
                    isUnfinished: i == last && days[last].AddDays(1).Day != 1)));
        }

        return new ReportTable
        {
            Report = "movement",
            AsOf = days[last],
            Currency = store.Currency.Code,
            Columns = [.. Columns],
            Rows = [.. rows],
            Notes = by == BySegment
                ?
                [
                    "Segments are those that are defined today, asked of what was known then. A customer in several is in a row of each "
                        + "pair; rows to (all) have the members of a segment before, rows from (all) those after."
                ]
                : store.SmallestGroup > 0
                    ? [$"Movements of fewer than {store.SmallestGroup} customers are left out, and others that these would follow from."]
                    : [],
        };
    }

    // Every pair of groups is a cell, also where nobody moved: that a row is missing does not tell whether somebody did.
    private static IReadOnlySet<((int, string), (int, string))> Hidden(
        Dictionary<((int Order, string Name) From, (int Order, string Name) To), Move> moves, int smallest) =>
        smallest < 2 ? new HashSet<((int, string), (int, string))>() : CellSuppression.Of(
            [
                .. from before in moves.Keys.Select(m => m.From).Distinct()
                   from now in moves.Keys.Select(m => m.To).Distinct()
                   select KeyValuePair.Create((before, now), moves.GetValueOrDefault((before, now)).Customers),
            ],
            smallest);

    private struct Move
    {
        private Money _now;
        private Money _before;

        public long Customers { get; private set; }

        public void Add(BuyerPlace? before, BuyerPlace? now) =>
            (Customers, _now, _before) = (Customers + 1, _now + (now?.Predicted ?? default), _before + (before?.Predicted ?? default));

        public readonly object?[] ToRow(string month, string from, string to, Currency currency, bool isUnfinished) =>
            [month, from, to, Customers, currency.ToMajor(_now), currency.ToMajor(_before), isUnfinished];
    }
}
