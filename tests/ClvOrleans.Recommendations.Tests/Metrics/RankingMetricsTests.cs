using ClvOrleans.Recommendations.Metrics;

namespace ClvOrleans.Recommendations.Tests.Metrics;

public sealed class RankingMetricsTests
{
    [Fact]
    public void Scores_are_those_of_the_definition()
    {
        // One customer: places 1 and 3 of 3 are hits, of a basket of 4; product 7 was bought before.
        var score = RankingMetrics.Score([[7, 1, 8]], [new HashSet<int> { 7, 8, 9, 10 }], [new HashSet<int> { 7, 1 }], 3);
        Assert.Equal((.5, .25, .25, 1), (score.Recall, score.RepeatRecall, score.ExploreRecall, score.HitRate));
        Assert.Equal((1 + (1 / Math.Log2(4))) / (1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4))), score.Ndcg, 1e-15);
    }

    [Fact]
    public void An_ideal_list_has_no_more_hits_than_the_basket_has_products() =>
        Assert.Equal(1, RankingMetrics.Score([[3, 1, 2]], [new HashSet<int> { 3 }], [new HashSet<int>()], 3).Ndcg);

    [Fact]
    public void The_order_of_customers_changes_no_bit()
    {
        var random = new Random(1);
        var customers = Enumerable.Range(0, 500).Select(_ => (
            List: Enumerable.Range(0, 30).OrderBy(_ => random.Next()).Take(10).ToArray(),
            Next: (IReadOnlySet<int>)Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(30)).ToHashSet())).ToArray();
        var score = Score(customers);
        for (var i = 0; i < 5; i++)
        {
            random.Shuffle(customers);
            Assert.Equal(score, Score(customers));
        }

        RankingScore Score((int[] List, IReadOnlySet<int> Next)[] all) => RankingMetrics.Score(
            [.. all.Select(c => c.List)], [.. all.Select(c => c.Next)], [.. all.Select(_ => new HashSet<int> { 1, 2, 3 })], 10);
    }

    [Fact]
    public void Nobody_to_judge_scores_zero() => Assert.Equal(new RankingScore(0, 0, 0, 0, 0, 0), RankingMetrics.Score([], [], [], 10));
}
