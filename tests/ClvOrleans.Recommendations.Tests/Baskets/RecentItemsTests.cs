using ClvOrleans.Recommendations.Baskets;
using CsCheck;

namespace ClvOrleans.Recommendations.Tests.Baskets;

public sealed class RecentItemsTests
{
    [Fact]
    public void Any_order_of_arrival_gives_the_same_items() => Gen.Select(
        Gen.Select(Gen.Int[0, 60], Gen.Long[0, 40], Gen.Int[0, 3]).Array[0, 200], Gen.Int).Sample((facts, seed) =>
    {
        var shuffled = facts.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Of(facts).Items.SequenceEqual(Of(shuffled).Items);
    });

    [Fact]
    public void Of_a_product_the_latest_stands_and_of_one_second_the_strongest()
    {
        var recent = Of([(1, 10, 3), (1, 11, 0), (2, 11, 0), (2, 11, 2)]);
        Assert.Equal([new RecentItem("p1", 11, Interest.Viewed), new RecentItem("p2", 11, Interest.Wished)], recent.Items);
    }

    [Fact]
    public void The_last_thirty_products_are_kept()
    {
        var recent = Of([.. Enumerable.Range(0, 40).Select(p => (p, (long)p, 0))]);
        Assert.Equal(Enumerable.Range(10, 30).Reverse().Select(p => $"p{p}"), recent.Items.Select(i => i.Product));
    }

    private static RecentItems Of((int Product, long At, int Interest)[] facts)
    {
        var recent = new RecentItems();
        foreach (var (product, at, interest) in facts)
        {
            recent.Add(new RecentItem($"p{product}", at, (Interest)interest));
        }

        return recent;
    }
}
