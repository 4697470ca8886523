using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Reports.Marketing;

/// <summary>Between which groups buyers move.</summary>
internal static class MovementGroups
{
    /// <summary>Name of those who have no purchase that counts.</summary>
    public const string NotBought = "(not bought)";

    /// <summary>Name of all who have ever bought.</summary>
    public const string All = "(all)";

    private static readonly (int Order, string Name) Without = (-1, NotBought);

    /// <summary>The groups of customers at the end of one day; null is who has no purchase that counts.</summary>
    /// <param name="by">One of <see cref="MovementReport.Ways"/>.</param>
    /// <param name="buyers">All who are buyers then: tiers are cut among them.</param>
    public static Func<BuyerPlace?, IEnumerable<(int Order, string Name)>> On(string by, IEnumerable<BuyerPlace> buyers)
    {
        switch (by)
        {
            case MovementReport.ByLifecycle:
                return place => [place is { } buyer ? ((int)buyer.Lifecycle, buyer.Lifecycle.ToString()) : Without];
            case MovementReport.ByTier:
                var thresholds = TierThresholds.Of(buyers.CountBy(b => b.Bucket).ToDictionary(b => b.Key, b => (long)b.Value));
                return place => [place is { } buyer ? OfTier(thresholds.TierOf(buyer.Bucket)) : Without];

            // Who is in several moves between each two of them; all are a group too, so that it can be told how many are in one.
            case MovementReport.BySegment:
                return place => OfSegments(place).Append((2, All));
            default:
                throw new ArgumentException($"'{by}' is none of {string.Join(", ", MovementReport.Ways)}.", nameof(by));
        }
    }

    private static (int Order, string Name) OfTier(ValueTier tier) => ((int)tier, SegmentNames.Format(tier));

    private static IEnumerable<(int Order, string Name)> OfSegments(BuyerPlace? place) => place is not { } buyer ? [Without]
        : buyer.Segments.IsEmpty ? [(1, BuyerGroups.None)] : buyer.Segments.Ids.Select(s => (0, s.Value));
}
