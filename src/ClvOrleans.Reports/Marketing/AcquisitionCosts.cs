using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// What it cost to win the customers of a channel or campaign, what they are worth, and after how many months their margin has paid for it.
/// </summary>
public static class AcquisitionCosts
{
    private static readonly ReportColumn[] Columns =
    [
        new("group", ColumnKind.Text, "The channel, or the campaign."),
        new("cost", ColumnKind.Amount, "What it cost within the days of the report."),
        new("customers", ColumnKind.Count, "Customers whose first order was within them."),
        new("cac", ColumnKind.Number, "Cost / customers; null without customers."),
        new("marginSoFar", ColumnKind.Number, "What the store has kept of each so far."),
        new("marginExpected", ColumnKind.Number, "What it is expected to keep of each within the horizon."),
        new("clv", ColumnKind.Number, "Both together."),
        new("clvToCac", ColumnKind.Number, "clv / cac; null where nothing was paid or nobody came."),
        new("paybackMonths", ColumnKind.Count,
            "Months after that of the first order until the margin of a customer has paid for them; null where it has not yet."),
    ];

    /// <summary>The report.</summary>
    /// <param name="buyers">All buyers.</param>
    /// <param name="costs">All costs.</param>
    /// <param name="by"><c>channel</c> or <c>campaign</c>; a cost of a channel as a whole is then <c>source / medium / (none)</c>.</param>
    /// <param name="from">First day; null for that of the earliest cost.</param>
    /// <param name="until">Last day; null for that of the latest cost, or today.</param>
    /// <param name="store">The store.</param>
    /// <param name="today">Its day.</param>
    public static ReportTable Of(
        IReadOnlyCollection<Buyer> buyers, IReadOnlyCollection<AcquisitionCost> costs, string by, DateOnly? from, DateOnly? until,
        StoreSettings store, DateOnly today)
    {
        if (store.SmallestGroup > 0)
        {
            // Two reports of days that differ little would tell of the few who came in between.
            (from, until) = (DateOnly.MinValue, today);
        }

        var first = from ?? costs.Select(c => c.From).DefaultIfEmpty(DateOnly.MinValue).Min();
        var last = until ?? costs.Select(c => c.To).DefaultIfEmpty(today).Max();
        last = last < today ? last : today;
        var won = buyers.Where(b => b.Sales.FirstDay >= first && b.Sales.FirstDay <= last).ToList();
        var groups = BuyerGroups.Of(by, won, store.SmallestGroup);
        var byGroup = won.SelectMany(b => groups.Of(b).Select(g => (Group: g, Buyer: b)))
            .ToLookup(g => g.Group, g => g.Buyer, StringComparer.Ordinal);
        var paid = costs.GroupBy(c => groups.NameOf(NameOf(c, by)), StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => g.Aggregate(Money.Zero, (sum, c) => sum + c.Within(first, last)), StringComparer.Ordinal);
        // Months of payback tell what a few brought in a month, asked with costs that differ little.
        var curves = (store.SmallestGroup > 0 ? [] : CohortReport.Of(won, by, store, today).Rows)
            .ToLookup(r => (string)r[0]!, StringComparer.Ordinal);
        return new ReportTable
        {
            Report = "acquisition",
            AsOf = today,
            Currency = store.Currency.Code,
            Columns = [.. Columns],
            Rows =
            [
                .. paid.Keys.Union(byGroup.Select(g => g.Key), StringComparer.Ordinal)
                    .Where(_ => SmallGroups.MayTell(won.Count, store.SmallestGroup))
                    .Select(name => Row(name, paid.GetValueOrDefault(name), [.. byGroup[name]], curves[name], store))
                    .OrderByDescending(r => (decimal)r[1]!).ThenBy(r => (string)r[0]!, StringComparer.Ordinal),
            ],
            Notes =
            [
                $"First orders and costs from {(first == DateOnly.MinValue ? "the beginning" : $"{first:yyyy-MM-dd}")} to "
                    + $"{last:yyyy-MM-dd}.",
                $"Expected margin is the predicted value of {store.Horizon.Days} days times the store's margin.",
                .. store.SmallestGroup > 0
                    ? ["Of all days, without payback, with groups of fewer than " + $"{store.SmallestGroup} customers together."]
                    : Array.Empty<string>(),
                .. costs.Count == 0 ? ["No costs are known: post them to /api/v1/acquisition/costs."] : Array.Empty<string>(),
            ],
        };
    }

    private static string NameOf(AcquisitionCost cost, string by) =>
        by == "campaign" ? cost.FullCampaign ?? $"{cost.Channel} / {BuyerGroups.None}" : cost.Channel;

    private static object?[] Row(string name, Money cost, Buyer[] buyers, IEnumerable<object?[]> curve, StoreSettings store)
    {
        var paid = store.Currency.ToMajor(cost);
        if (buyers.Length == 0)
        {
            return [name, paid, 0L, null, null, null, null, null, null];
        }

        var sums = buyers.Aggregate(default(Valuation.Segments.SegmentSums), (sum, b) => sum + b.Contribution.Sums);
        var soFar = (double)store.Currency.ToMajor(sums.HistoricMargin) / buyers.Length;
        var expected = (double)store.Currency.ToMajor(sums.Predicted.Share(store.MarginBasisPoints)) / buyers.Length;
        var cac = (double)paid / buyers.Length;
        var payback = curve.Where(r => (double)r[9]! >= cac).Select(r => r[1]).FirstOrDefault();
        return
        [
            name, paid, (long)buyers.Length, cac, soFar, expected, soFar + expected, cac > 0 ? (soFar + expected) / cac : null,
            cac > 0 ? payback : null,
        ];
    }
}
