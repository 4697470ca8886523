using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Segments;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Segments;

public sealed class ValueBucketTests
{
    [Fact]
    public void Every_amount_lies_in_its_bucket_which_is_at_most_a_thirtysecond_wide() => Gen.Long[1, 1_000_000_000_000_000].Sample(minor =>
    {
        var bucket = ValueBucket.Of(new Money(minor));
        var (lower, upper) = (ValueBucket.LowerBound(bucket).Minor, ValueBucket.LowerBound(bucket + 1).Minor);
        return lower <= minor && minor < upper && (upper - lower) * 32 <= Int128.Max(32, lower);
    });

    [Fact]
    public void Buckets_grow_with_the_amount() => Gen.Select(Gen.Long[-10, 1_000_000_000], Gen.Long[-10, 1_000_000_000]).Sample((a, b) =>
        (a <= b) == (ValueBucket.Of(new Money(a)) <= ValueBucket.Of(new Money(b)))
            || ValueBucket.Of(new Money(a)) == ValueBucket.Of(new Money(b)));

    [Fact]
    public void Tiers_hold_the_shares_that_they_are_named_for()
    {
        var thresholds = TierThresholds.Of(Enumerable.Range(1, 1_000).ToDictionary(b => b, _ => 1L));
        var tiers = Enumerable.Range(1, 1_000).GroupBy(thresholds.TierOf).OrderBy(g => g.Key).Select(g => g.Count());
        Assert.Equal([10, 40, 50, 150, 250, 500], tiers);
    }
}
