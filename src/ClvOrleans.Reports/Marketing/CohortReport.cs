using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// Cohorts of buyers, month by month from the first order: who comes back, and what a customer has brought so far. A row counts only those
/// who have lived to that month, so that the curve of a cohort is of the same customers as its number.
/// </summary>
public static class CohortReport
{
    internal static readonly ReportColumn[] Columns =
    [
        new("cohort", ColumnKind.Text, "The group; by month, that of the first order."),
        new("month", ColumnKind.Count, "Calendar months since that of the first order."),
        new("customers", ColumnKind.Count, "Customers of the cohort who are so old."),
        new("active", ColumnKind.Count, "Those of them who bought in that month."),
        new("retention", ColumnKind.Number, "Active / customers."),
        new("orders", ColumnKind.Count, "Their orders in that month."),
        new("revenue", ColumnKind.Amount, "What they brought in that month, after refunds and credit notes."),
        new("margin", ColumnKind.Amount, "What the store kept of it."),
        new("revenuePerCustomer", ColumnKind.Number, "What each of them has brought up to the end of that month."),
        new("marginPerCustomer", ColumnKind.Number, "What the store has kept of it."),
        new("unfinished", ColumnKind.Flag, "Whether the month is not over for some of them: it will grow."),
    ];

    /// <summary>The report.</summary>
    /// <param name="buyers">All buyers.</param>
    /// <param name="by">One of <see cref="BuyerGroups.Names"/>.</param>
    /// <param name="store">The store.</param>
    /// <param name="today">Its day.</param>
    public static ReportTable Of(IReadOnlyCollection<Buyer> buyers, string by, StoreSettings store, DateOnly today)
    {
        var groups = BuyerGroups.Of(by, buyers, store.SmallestGroup);
        var cells = new Dictionary<(string Cohort, int Month), Cell>();
        foreach (var buyer in buyers)
        {
            var (names, first) = (groups.Of(buyer).ToArray(), Month(buyer.Sales.FirstDay));
            var last = Math.Max(Month(today) - first, buyer.Sales.Sales.Max(s => Month(s.Day)) - first);
            var months = new Cell[last + 1];
            foreach (var sale in buyer.Sales.Sales)
            {
                months[Month(sale.Day) - first].Add(sale.Net, sale.Margin, 1);
            }

            // A credit note of a later month than the present one comes of a clock that was put back: it counts in the last.
            foreach (var credit in buyer.Sales.Credits)
            {
                months[Math.Clamp(Month(credit.Day) - first, 0, last)].Add(Money.Zero - credit.Net, Money.Zero - credit.Margin, 0);
            }

            var so = default(Cell);
            for (var m = 0; m <= last; m++)
            {
                so.Add(months[m].Revenue, months[m].Margin, 0);
                foreach (var name in names)
                {
                    var cell = cells.GetValueOrDefault((name, m));
                    cell.Count(months[m], so, first + m >= Month(today));
                    cells[(name, m)] = cell;
                }
            }
        }

        var hidden = CurveSuppression.Of(cells.ToDictionary(c => c.Key, c => (c.Value.Customers, c.Value.Active)), store.SmallestGroup);
        var isLimited = store.SmallestGroup > 0;
        return new ReportTable
        {
            Report = "cohorts",
            AsOf = today,
            Currency = store.Currency.Code,
            Columns = [.. Columns],
            Rows =
            [
                .. cells.Where(c => !hidden.Contains(c.Key)).OrderBy(c => c.Key.Cohort, StringComparer.Ordinal).ThenBy(c => c.Key.Month)
                    .Select(c => c.Value.ToRow(c.Key.Cohort, c.Key.Month, store.Currency, !isLimited)),
            ],
            Notes =
            [
                .. by == "segment" ? ["Segments are those of today; a customer may be in several."] : Array.Empty<string>(),
                .. isLimited
                    ?
                    [
                        $"Months of fewer than {store.SmallestGroup} customers or buyers are left out, and what they would follow from: "
                            + "sums from the first order on too."
                    ]
                    : Array.Empty<string>(),
            ],
        };
    }

    private static int Month(DateOnly day) => (day.Year * 12) + day.Month - 1;

    private struct Cell
    {
        private Money _revenueSoFar;
        private Money _marginSoFar;
        private bool _isUnfinished;

        public long Customers { get; private set; }

        public long Active { get; private set; }

        public Money Revenue { get; private set; }

        public Money Margin { get; private set; }

        public long Orders { get; private set; }

        public void Add(Money revenue, Money margin, long orders) =>
            (Revenue, Margin, Orders) = (Revenue + revenue, Margin + margin, Orders + orders);

        public void Count(Cell month, Cell soFar, bool isUnfinished)
        {
            Add(month.Revenue, month.Margin, month.Orders);
            (Customers, Active) = (Customers + 1, Active + (month.Orders > 0 ? 1 : 0));
            (_revenueSoFar, _marginSoFar) = (_revenueSoFar + soFar.Revenue, _marginSoFar + soFar.Margin);
            _isUnfinished |= isUnfinished;
        }

        public readonly object?[] ToRow(string cohort, int month, Currency currency, bool withSums) =>
        [
            cohort, (long)month, Customers, Active, (double)Active / Customers, Orders, currency.ToMajor(Revenue),
            currency.ToMajor(Margin), withSums ? (double)currency.ToMajor(_revenueSoFar) / Customers : null,
            withSums ? (double)currency.ToMajor(_marginSoFar) / Customers : null, _isUnfinished,
        ];
    }
}
