using System.Diagnostics;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Recommendations.Tests.Baskets;
using ClvOrleans.Recommendations.Tests.Models;

namespace ClvOrleans.Recommendations.Tests.Ranking;

/// <summary>How long an answer takes on a catalogue of 4,000 with as many neighbours as are ever kept. Run by name.</summary>
public sealed class LiveAnswerTests
{
    [Fact(Explicit = true)]
    public void Ninety_nine_of_a_hundred_answers_take_less_than_five_milliseconds()
    {
        const int Products = 4_000;
        var before = GC.GetTotalMemory(true);
        var model = Shops.Train(CustomerNeighbours.Most, Products, new LearningOptions { Ridges = [], MostValidation = 200 });
        var held = GC.GetTotalMemory(true) - before;
        var requests = Shops.Customers(500, Products, 5, 30).Select(c => new RecommendationRequest
        {
            Baskets = BasketHistory.Of(Enumerable.Range(0, c.Count).Select(b =>
                BasketHistoryTests.Bought(c.DayOf(b), [.. c.ProductsOf(b).Select(p => (model.Catalogue.Products[p].Id, 1))]))),
            Recent = new RecentItems(),
            Day = BasketHistoryTests.Day(500),
            Shelf = Shelf.Of(model.Catalogue),
        }).ToArray();
        Assert.All(requests, r => Assert.Equal(10, Recommender.Recommend(model, r).Length));

        double[] taken = [.. Enumerable.Range(0, 4).SelectMany(_ => requests).Select(r =>
        {
            var clock = Stopwatch.StartNew();
            Recommender.Recommend(model, r);
            return clock.Elapsed.TotalMilliseconds;
        }).Order()];
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"ms: median {taken[taken.Length / 2]:F2}, p99 {taken[taken.Length * 99 / 100]:F2}; model {held / 1e6:F0} MB in memory, "
            + $"{ModelFormat.Write(model).Length / 1e6:F0} MB written");
        Assert.True(taken[taken.Length * 99 / 100] < 5);
    }
}
