using System.Collections.Immutable;

namespace ClvOrleans.Model.Segments;

/// <summary>
/// Lowest bucket of each tier but the last, by predicted value among customers who have bought. A bucket belongs to the best tier
/// that begins within it, so equal customers are never told apart.
/// </summary>
/// <param name="LowestBucket">For <see cref="ValueTier.Top1"/> to <see cref="ValueTier.Top50"/>.</param>
public sealed record TierThresholds(ImmutableArray<int> LowestBucket)
{
    private static readonly ImmutableArray<int> PerMille = [10, 50, 100, 250, 500];

    /// <summary>The tier of a bucket.</summary>
    public ValueTier TierOf(int bucket)
    {
        for (var tier = 0; tier < LowestBucket.Length; tier++)
        {
            if (bucket >= LowestBucket[tier])
            {
                return (ValueTier)tier;
            }
        }

        return ValueTier.Rest;
    }

    /// <summary>Buckets of a tier: from the first, up to but without the second.</summary>
    public (int From, int Below) BucketsOf(ValueTier tier) => (
        tier == ValueTier.Rest ? 0 : LowestBucket[(int)tier],
        tier == ValueTier.Top1 ? int.MaxValue : LowestBucket[(int)tier - 1]);

    /// <summary>Cuts the tiers from the number of buyers in each bucket.</summary>
    public static TierThresholds Of(IReadOnlyDictionary<int, long> buyersByBucket)
    {
        var total = buyersByBucket.Values.Sum();
        var lowest = Enumerable.Repeat(int.MaxValue, PerMille.Length).ToArray();
        long above = 0;
        foreach (var (bucket, count) in buyersByBucket.OrderByDescending(b => b.Key))
        {
            for (var tier = 0; tier < lowest.Length; tier++)
            {
                if (count > 0 && above * 1000 < total * PerMille[tier])
                {
                    lowest[tier] = bucket;
                }
            }

            above += count;
        }

        return new TierThresholds([.. lowest]);
    }
}
