using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Valuation.Segments;

/// <summary>
/// Lowest bucket of each tier but the last, by predicted value among customers who have bought. A customer is in the top 5 % if
/// fewer than 5 % of the buyers are in a better bucket: equal customers are never told apart, and the best of a tiny store are at
/// the top of it. Who is predicted to bring nothing is in the rest.
/// </summary>
/// <param name="LowestBucket">
/// For <see cref="ValueTier.Top1"/> to <see cref="ValueTier.Top50"/>; <see cref="int.MaxValue"/> where no buyer is predicted to bring
/// anything.
/// </param>
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

    /// <summary>The least value of a tier; null for a tier that nobody can be in yet.</summary>
    public Money? LeastOf(ValueTier tier)
    {
        var from = BucketsOf(tier).From;
        return from == int.MaxValue ? null : ValueBucket.LowerBound(from);
    }

    /// <summary>Cuts the tiers from the number of buyers in each bucket.</summary>
    public static TierThresholds Of(IReadOnlyDictionary<int, long> buyersByBucket)
    {
        var total = buyersByBucket.Values.Sum();
        var lowest = Enumerable.Repeat(int.MaxValue, PerMille.Length).ToArray();
        long above = 0;
        foreach (var (bucket, count) in buyersByBucket.Where(b => b.Key > 0).OrderByDescending(b => b.Key))
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
