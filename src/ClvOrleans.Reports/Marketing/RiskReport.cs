using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Reports.Tables;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// Revenue at risk by group: what customers would bring if alive, times the probability that they have left. The groups with most of it
/// come first.
/// </summary>
public static class RiskReport
{
    private const double Millionths = 1e6;

    internal static readonly ReportColumn[] Columns =
    [
        new("group", ColumnKind.Text, "The group of customers."),
        new("customers", ColumnKind.Count, "Customers who have bought."),
        new("alive", ColumnKind.Number, "How many of them are expected to be still customers."),
        new("historic", ColumnKind.Amount, "What they have brought, after refunds."),
        new("predicted", ColumnKind.Amount, "What they are expected to bring within the horizon."),
        new("atRisk", ColumnKind.Amount, "Revenue at risk."),
        new("share", ColumnKind.Number, "Its share of the revenue at risk of all buyers."),
    ];

    /// <summary>The report.</summary>
    /// <inheritdoc cref="CohortReport.Of" path="/param" />
    public static ReportTable Of(IReadOnlyCollection<Buyer> buyers, string by, StoreSettings store, DateOnly today)
    {
        var (groups, sums) = (BuyerGroups.Of(by, buyers, store.SmallestGroup), new Dictionary<string, SegmentSums>(StringComparer.Ordinal));
        foreach (var buyer in buyers)
        {
            foreach (var group in groups.Of(buyer))
            {
                sums[group] = sums.GetValueOrDefault(group) + buyer.Contribution.Sums;
            }
        }

        if (!SmallGroups.MayTell(buyers.Count, store.SmallestGroup))
        {
            sums.Clear();
        }

        var all = buyers.Aggregate(default(SegmentSums), (sum, b) => sum + b.Contribution.Sums).AtRisk;
        return new ReportTable
        {
            Report = "risk",
            AsOf = today,
            Currency = store.Currency.Code,
            Columns = [.. Columns],
            Rows =
            [
                .. sums.OrderByDescending(g => g.Value.AtRisk).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => new object?[]
                {
                    g.Key, g.Value.Customers, g.Value.Alive / Millionths, store.Currency.ToMajor(g.Value.Historic),
                    store.Currency.ToMajor(g.Value.Predicted), store.Currency.ToMajor(g.Value.AtRisk),
                    all.Minor == 0 ? 0.0 : (double)g.Value.AtRisk.Minor / (double)all.Minor,
                }),
            ],
        };
    }
}
