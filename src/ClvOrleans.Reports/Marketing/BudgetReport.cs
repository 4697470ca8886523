using System.Globalization;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Reports.Sales;
using ClvOrleans.Reports.Tables;

namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// How to split a budget between channels, which win customers, and own segments, whose customers are kept, by what the next unit of money
/// returns.
/// </summary>
public static class BudgetReport
{
    // A line through fewer months of different spend says nothing of an elasticity.
    private const int LeastMonths = 6;
    private const double Least = .1;
    private const double Greatest = .9;

    private static readonly ReportColumn[] Columns =
    [
        new("use", ColumnKind.Text, "The channel or segment."),
        new("kind", ColumnKind.Text, "channel: to win customers. segment: to keep them."),
        new("amount", ColumnKind.Number, "What it should get."),
        new("share", ColumnKind.Number, "Its share of the budget."),
        new("customers", ColumnKind.Number, "Customers who are expected to be won, or are to be contacted, those with most at risk first."),
        new("expectedMargin", ColumnKind.Number, "Margin that it is expected to return."),
        new("nextReturn", ColumnKind.Number, "Margin that the next unit of money is expected to return: the same wherever money is spent."),
        new("basis", ColumnKind.Text, "What the return rests on."),
    ];

    /// <summary>The report.</summary>
    /// <param name="buyers">All buyers.</param>
    /// <param name="costs">All costs.</param>
    /// <param name="effects">
    /// Measured share of margin at risk that a contact saves, and what a contact cost, by segment; where there is none, the terms hold.
    /// </param>
    /// <param name="terms">Budget and assumptions.</param>
    /// <param name="store">The store.</param>
    /// <param name="today">Its day.</param>
    public static ReportTable Of(
        IReadOnlyCollection<Buyer> buyers, IReadOnlyCollection<AcquisitionCost> costs,
        IReadOnlyDictionary<string, (double Saved, double Cost, string Basis)> effects, BudgetTerms terms, StoreSettings store,
        DateOnly today)
    {
        IBudgetUse[] uses = [.. Channels(buyers, costs, terms, store, today), .. Segments(buyers, effects, terms, store)];
        var amounts = BudgetPlan.Split(uses, terms.Amount);
        return new ReportTable
        {
            Report = "budget",
            AsOf = today,
            Currency = store.Currency.Code,
            Columns = [.. Columns],
            Rows =
            [
                .. uses.Select((use, i) => new object?[]
                {
                    use.Name, use is ChannelUse ? "channel" : "segment", amounts[i], terms.Amount > 0 ? amounts[i] / terms.Amount : 0.0,
                    use.CustomersFor(amounts[i]), use.ReturnOf(amounts[i]), use.NextReturn(amounts[i]), use.Basis,
                }).OrderByDescending(r => (double)r[2]!).ThenBy(r => (string)r[0]!, StringComparer.Ordinal),
            ],
            Notes =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{terms.Amount:0.##} {store.Currency.Code} for {terms.Days} days; {amounts.Sum():0.##} return more than they cost."),
                "Channels without costs or customers, and segments without margin at risk, have no curve and get nothing.",
            ],
        };
    }

    private static IEnumerable<ChannelUse> Channels(
        IReadOnlyCollection<Buyer> buyers, IReadOnlyCollection<AcquisitionCost> costs, BudgetTerms terms, StoreSettings store,
        DateOnly today)
    {
        foreach (var channel in costs.GroupBy(c => c.Channel, StringComparer.Ordinal).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            var (first, last) = (channel.Min(c => c.From), channel.Max(c => c.To) < today ? channel.Max(c => c.To) : today);
            var won = buyers.Where(b => b.Sales.Channel == channel.Key && b.Sales.FirstDay >= first && b.Sales.FirstDay <= last).ToList();
            var spend = (double)store.Currency.ToMajor(channel.Aggregate(Money.Zero, (sum, c) => sum + c.Within(first, last)));
            if (won.Count == 0 || spend <= 0)
            {
                continue;
            }

            var value = won.Sum(b => MarginOf(b, store)) / won.Count;
            var scale = terms.Days / (double)(last.DayNumber - first.DayNumber + 1);
            var (elasticity, basis) = Elasticity([.. channel], won, first, last, terms);
            yield return new ChannelUse(channel.Key, basis, spend * scale, won.Count * scale, Math.Max(0, value), elasticity);
        }
    }

    private static double MarginOf(Buyer buyer, StoreSettings store)
    {
        var sums = buyer.Contribution.Sums;
        return (double)store.Currency.ToMajor(sums.HistoricMargin + sums.Predicted.Share(store.MarginBasisPoints));
    }

    // The slope of ln customers by ln spend, month by month, where spend differed enough to tell it.
    private static (double Elasticity, string Basis) Elasticity(
        AcquisitionCost[] costs, List<Buyer> won, DateOnly first, DateOnly last, BudgetTerms terms)
    {
        var points = new List<(double X, double Y)>();
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
        {
            var (from, to) = (month, month.AddMonths(1).AddDays(-1));
            var spend = costs.Sum(c => (double)c.Within(from, to).Minor);
            var customers = won.Count(b => b.Sales.FirstDay >= from && b.Sales.FirstDay <= to);
            if (from >= first && to <= last && spend > 0 && customers > 0)
            {
                points.Add((Math.Log(spend), Math.Log(customers)));
            }
        }

        var mean = points.Count == 0 ? 0 : points.Average(p => p.X);
        var squares = points.Sum(p => (p.X - mean) * (p.X - mean));
        if (points.Count < LeastMonths || squares < .05 * points.Count)
        {
            return (terms.Elasticity, string.Create(CultureInfo.InvariantCulture, $"assumed elasticity {terms.Elasticity:0.##}"));
        }

        var slope = Math.Clamp(points.Sum(p => (p.X - mean) * p.Y) / squares, Least, Greatest);
        return (slope, string.Create(CultureInfo.InvariantCulture, $"elasticity {slope:0.##} of {points.Count} months"));
    }

    private static IEnumerable<SegmentUse> Segments(
        IReadOnlyCollection<Buyer> buyers, IReadOnlyDictionary<string, (double Saved, double Cost, string Basis)> effects,
        BudgetTerms terms, StoreSettings store)
    {
        // A customer in several segments is contacted once: in the first by name.
        foreach (var segment in buyers.Where(b => !b.Contribution.Segments.IsEmpty)
            .GroupBy(b => b.Contribution.Segments.Ids[0].Value, StringComparer.Ordinal).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var (saved, cost, basis) = effects.TryGetValue(segment.Key, out var measured)
                ? measured
                : (terms.Saved, terms.ContactCost, string.Create(
                    CultureInfo.InvariantCulture,
                    $"assumed: a contact saves {terms.Saved:0.###} of the margin at risk and costs {terms.ContactCost:0.##}"));
            yield return new SegmentUse(
                segment.Key, basis, segment.Select(AtRisk), saved, cost);
        }

        double AtRisk(Buyer buyer) =>
            (double)store.Currency.ToMajor(buyer.Contribution.Sums.AtRisk.Share(store.MarginBasisPoints));
    }
}
