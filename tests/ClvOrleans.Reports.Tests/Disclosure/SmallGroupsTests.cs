using ClvOrleans.Reports.Disclosure;

namespace ClvOrleans.Reports.Tests.Disclosure;

/// <summary>Small groups are told together, and never fewer customers than the smallest group has.</summary>
public sealed class SmallGroupsTests
{
    [Fact]
    public void A_small_group_takes_the_next_smallest_with_it() => Assert.Equal([0, 1], Hidden(5, 3, 8, 20, 40));

    [Fact]
    public void Small_groups_that_are_enough_together_take_no_other() => Assert.Equal([0, 1], Hidden(5, 3, 2, 8, 20));

    [Fact]
    public void Groups_of_nobody_and_large_ones_are_told() => Assert.Empty(Hidden(5, 0, 5, 20));

    [Fact]
    public void Any_group_is_told_where_it_may_have_any_size() => Assert.Empty(Hidden(0, 1, 2, 3));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_left_of_any_total_is_nobody_or_enough(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            long[] counts = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => (long)random.Next(0, 30))];
            var hidden = Hidden(10, counts);
            Assert.All(Enumerable.Range(0, counts.Length).Except(hidden), i => Assert.True(counts[i] is 0 or >= 10));
            Assert.True(hidden.Sum(i => counts[i]) is 0 or >= 10 || hidden.Length == counts.Count(c => c > 0));
        }
    }

    private static int[] Hidden(int smallest, params long[] counts) =>
        [.. SmallGroups.Of(counts.Select((c, i) => KeyValuePair.Create(i, c)), smallest).Order()];
}
