using ClvOrleans.Contracts.Segments;
using ClvOrleans.Reports.Disclosure;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Api;

/// <summary>
/// Which segments of a report are told where the store has a smallest group: lifecycles by tiers, of which the totals of lifecycles and of
/// tiers, which other reports tell, are known too.
/// </summary>
internal sealed class ToldSegments
{
    private readonly int _smallest;
    private readonly IReadOnlySet<(Lifecycle, ValueTier)> _hidden;
    private readonly IReadOnlySet<Lifecycle> _small;
    private readonly Dictionary<ValueTier, long> _tiers;

    private ToldSegments(IReadOnlyCollection<SegmentRow> buyers, int smallest)
    {
        _smallest = smallest;
        _hidden = CellSuppression.Of(
            [.. buyers.Select(r => KeyValuePair.Create((r.Lifecycle, r.Tier!.Value), r.Sums.Customers))], smallest);
        _small = SmallGroups.Of(
            buyers.GroupBy(r => r.Lifecycle).Select(g => KeyValuePair.Create(g.Key, g.Sum(r => r.Sums.Customers))), smallest);
        _tiers = buyers.GroupBy(r => r.Tier!.Value).ToDictionary(g => g.Key, g => g.Sum(r => r.Sums.Customers));
        HasTotal = SmallGroups.MayTell(buyers.Sum(r => r.Sums.Customers), smallest);
    }

    /// <summary>Whether the total of all buyers is told.</summary>
    public bool HasTotal { get; }

    public static ToldSegments Of(SegmentReport report, int smallest) =>
        new([.. report.BuyerRows], smallest);

    /// <summary>Whether a segment is told.</summary>
    public bool Has(SegmentRow row) => row.Lifecycle == Lifecycle.Prospect
        ? SmallGroups.MayTell(row.Sums.Customers, _smallest)
        : !_hidden.Contains((row.Lifecycle, row.Tier!.Value));

    /// <summary>Whether it is told where a tier begins: of few customers above, that would tell what the last of them is worth.</summary>
    public bool HasBeginning(ValueTier tier) => SmallGroups.MayTell(_tiers.Where(t => t.Key <= tier).Sum(t => t.Value), _smallest);

    /// <summary>Whether a lifecycle as a whole is told.</summary>
    public bool Has(Lifecycle lifecycle) => !_small.Contains(lifecycle);
}
