using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Segments;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Segments;

public sealed class TierThresholdsTests
{
    private static readonly (ValueTier Tier, int PerMille)[] Shares =
        [(ValueTier.Top1, 10), (ValueTier.Top5, 50), (ValueTier.Top10, 100), (ValueTier.Top25, 250), (ValueTier.Top50, 500)];

    [Fact]
    public void The_only_buyer_is_the_best() => Assert.Equal([ValueTier.Top1], TiersOf(100));

    [Fact]
    public void Of_three_buyers_one_is_at_the_top_one_in_the_upper_half_and_one_in_the_rest() =>
        Assert.Equal([ValueTier.Top1, ValueTier.Top50, ValueTier.Rest], TiersOf(300, 200, 100));

    [Fact]
    public void Equal_customers_are_never_told_apart() =>
        Assert.Equal([ValueTier.Top1, .. Enumerable.Repeat(ValueTier.Top5, 99)], TiersOf([200, .. Enumerable.Repeat(100L, 99)]));

    [Fact]
    public void Who_is_predicted_to_bring_nothing_is_in_the_rest()
    {
        Assert.Equal([ValueTier.Rest, ValueTier.Rest], TiersOf(0, 0));
        Assert.Null(Cut([0, 0]).LeastOf(ValueTier.Top1));
        Assert.Equal((0, int.MaxValue), Cut([0, 0]).BucketsOf(ValueTier.Rest));
    }

    [Fact]
    public void Without_buyers_nobody_can_be_in_a_tier() => Assert.All(Shares, s => Assert.Null(Cut([]).LeastOf(s.Tier)));

    [Fact]
    public void Thresholds_are_the_least_values_of_their_tiers()
    {
        var cut = Cut([300, 200, 100]);
        Assert.Equal(ValueTier.Top50, cut.TierOf(ValueBucket.Of(cut.LeastOf(ValueTier.Top50)!.Value)));
        Assert.Equal(ValueTier.Rest, cut.TierOf(ValueBucket.Of(cut.LeastOf(ValueTier.Top50)!.Value) - 1));
    }

    [Fact]
    public void A_tier_holds_those_with_fewer_than_its_share_in_better_buckets() => Gen.Long[0, 2_000].Array[1, 300].Sample(values =>
    {
        var cut = Cut(values);
        return values.All(value =>
        {
            var better = values.Count(v => ValueBucket.Of(new Money(v)) > ValueBucket.Of(new Money(value)));
            var expected = value == 0
                ? ValueTier.Rest
                : Shares.Where(s => better * 1_000 < s.PerMille * values.Length).Select(s => s.Tier).FirstOrDefault(ValueTier.Rest);
            return cut.TierOf(ValueBucket.Of(new Money(value))) == expected;
        });
    });

    [Fact]
    public void The_buckets_of_a_tier_are_those_that_are_in_it() => Gen.Long[0, 100_000].Array[0, 60].Sample(values =>
    {
        var cut = Cut(values);
        return Enumerable.Range(0, 600).All(bucket => Enum.GetValues<ValueTier>().All(tier =>
        {
            var (from, below) = cut.BucketsOf(tier);
            return (bucket >= from && bucket < below) == (cut.TierOf(bucket) == tier);
        }));
    });

    private static IEnumerable<ValueTier> TiersOf(params long[] values)
    {
        var cut = Cut(values);
        return values.Select(v => cut.TierOf(ValueBucket.Of(new Money(v))));
    }

    private static TierThresholds Cut(long[] values) =>
        TierThresholds.Of(values.GroupBy(v => ValueBucket.Of(new Money(v))).ToDictionary(g => g.Key, g => g.LongCount()));
}
