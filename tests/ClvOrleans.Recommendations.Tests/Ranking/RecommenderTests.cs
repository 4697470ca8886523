using ClvOrleans.Domain.Currencies;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Catalogues;
using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Recommendations.Tests.Baskets;
using ClvOrleans.Recommendations.Tests.Models;

namespace ClvOrleans.Recommendations.Tests.Ranking;

public sealed class RecommenderTests
{
    private static readonly RecommendationModel Model = Shops.Train(400, 100);
    private static readonly RecommendationRequest Customer =
        Request(Model) with { Baskets = Baskets(0, "p000003", "p000013"), Count = 20 };

    [Fact]
    public void Nothing_out_of_stock_is_recommended()
    {
        var first = Recommended(Customer)[..10];
        Assert.Empty(Recommended(Customer with { Shelf = Shelf.Of(Model.Catalogue, first) }).Intersect(first));
        Assert.Empty(Recommended(Customer with { Shelf = Shelf.Of(Model.Catalogue, Model.Catalogue.Products.Select(p => p.Id)) }));
    }

    [Fact]
    public void Where_little_is_left_in_stock_that_is_recommended()
    {
        string[] left = ["p000001", "p000077", "p000098"];
        var shelf = Shelf.Of(Model.Catalogue, Model.Catalogue.Products.Select(p => p.Id).Except(left).Append("unknown"));
        Assert.Equal(left, Recommended(Customer with { Shelf = shelf }).Order());
    }

    [Fact]
    public void Nothing_just_bought_is_recommended_unless_it_is_bought_again_and_again()
    {
        var once = Fixed(repeatRate: .01f);
        var request = Request(once) with { Baskets = Baskets(0, "p000003"), Count = 100 };
        Assert.DoesNotContain("p000003", Recommended(request with { Day = BasketHistoryTests.Day(6) }, once));
        Assert.Contains("p000003", Recommended(request with { Day = BasketHistoryTests.Day(7) }, once));

        var often = Fixed(repeatRate: .2f);
        Assert.Contains("p000003", Recommended(request with { Day = BasketHistoryTests.Day(6) }, often));
        request.Baskets.Add(BasketHistoryTests.Bought(5, [("p000003", 1)]));
        Assert.Contains("p000003", Recommended(request with { Day = BasketHistoryTests.Day(6) }, once));
    }

    [Fact]
    public void Nothing_that_was_sent_back_is_recommended_and_a_return_changes_the_next_answer()
    {
        var before = Recommended(Customer);
        var baskets = Baskets(0, "p000003", "p000013");
        baskets.Add(BasketHistoryTests.Bought(2, [(before[0], 1)]) with { IsReturned = true });
        Assert.DoesNotContain(before[0], Recommended(Customer with { Baskets = baskets }));
        Assert.True(baskets.TryRemove(BasketHistoryTests.Bought(2, [(before[0], 1)]) with { IsReturned = true }));
        Assert.Equal(before, Recommended(Customer with { Baskets = baskets }));
    }

    [Fact]
    public void What_is_in_the_cart_is_not_recommended()
    {
        var first = Recommended(Customer)[0];
        Assert.DoesNotContain(first, Recommended(Customer with { Recent = Recent((first, Interest.InCart)) }));
    }

    [Fact]
    public void A_cart_ends_when_it_was_bought_and_when_nobody_has_touched_it_for_thirty_days()
    {
        var request = Request(Model) with { Recent = Recent(("p000003", Interest.InCart)), Baskets = Baskets(28, "p000003") };
        Assert.Equal(["p000003"], OpenCart.Of(request));
        Assert.Empty(OpenCart.Of(request with { Baskets = Baskets(29, "p000003") }));
        Assert.Equal(["p000003"], OpenCart.Of(request with { Day = BasketHistoryTests.Day(59) }));
        Assert.Empty(OpenCart.Of(request with { Day = BasketHistoryTests.Day(60) }));
    }

    [Fact]
    public void Without_a_model_own_products_are_recommended_by_how_often_they_were_bought_and_nothing_to_others()
    {
        var model = RecommendationModel.Untrained(["a", "b", "b", "c"]);
        var baskets = BasketHistory.Of(
            [BasketHistoryTests.Bought(1, [("a", 1), ("b", 1)]), BasketHistoryTests.Bought(5, [("b", 2)])]);
        Assert.Equal(["b", "a"], Recommended(Request(model) with { Baskets = baskets }, model));
        Assert.Empty(Recommended(Request(model), model));
        var empty = RecommendationModel.Untrained([]);
        Assert.Empty(Recommended(Request(empty), empty));
    }

    [Fact]
    public void What_is_bought_again_and_again_is_listed_by_the_day_it_is_due()
    {
        var model = Fixed(repeatRate: .1f);
        var baskets = new BasketHistory();
        foreach (var day in (int[])[0, 10, 20])
        {
            baskets.Add(BasketHistoryTests.Bought(day, [("p000001", 1 + (day / 10))]));
        }

        baskets.Add(BasketHistoryTests.Bought(2, [("p000002", 1), ("p000003", 1)]));
        baskets.Add(BasketHistoryTests.Bought(22, [("p000002", 4)]));
        var request = Request(model) with { Baskets = baskets };

        // The mean of the own gaps of 10 days and the product's 14, two each, in logarithms: 11.8.
        var list = ReorderList.Of(model, request);
        Assert.Equal(["p000001", "p000002"], list.Select(r => r.Product));
        Assert.Equal((12, BasketHistoryTests.Day(32), 3L, 3), (list[0].Interval, list[0].DueOn, list[0].Units, list[0].Times));
        Assert.Equal((4L, 2), (list[1].Units, list[1].Times));

        var shelf = Shelf.Of(model.Catalogue, ["p000001"]);
        Assert.Equal(["p000002"], ReorderList.Of(model, request with { Shelf = shelf }).Select(r => r.Product));
        Assert.Empty(ReorderList.Of(model, request with { Day = BasketHistoryTests.Day(200) }));
    }

    [Fact]
    public void Repeats_and_new_products_are_apart_and_categories_in_the_order_of_what_speaks_for_them()
    {
        var lists = Recommender.RecommendApart(Model, Customer);
        Assert.Equal(["p000003", "p000013"], lists.Repeat.Select(r => r.Product).Order());
        Assert.Empty(lists.Explore.Select(r => r.Product).Intersect(lists.Repeat.Select(r => r.Product)));
        Assert.Equal(20, lists.Explore.Length);
        Assert.Equal("theme 3", lists.Categories[0].Category);
        Assert.Equal(1, lists.Categories.Sum(c => c.Share), 1e-6);
    }

    [Fact]
    public void The_price_band_is_the_middle_half_at_the_prices_of_now()
    {
        var model = Fixed(repeatRate: .1f);
        var baskets = Baskets(0, "p000010", "p000020", "p000030", "p000040", "p000050");
        Assert.Equal(new PriceBand(new Money(20), new Money(40)), PriceBand.Of(model, baskets, _ => null));
        Assert.Equal(
            new PriceBand(new Money(20), new Money(50)), PriceBand.Of(model, baskets, id => id == "p000040" ? new Money(60) : null));
        Assert.Null(PriceBand.Of(model, Baskets(0, "unknown"), _ => null));
        Assert.Null(PriceBand.Of(model, new BasketHistory(), _ => null));
    }

    [Fact]
    public void A_visitor_is_recommended_what_goes_with_the_session_then_what_most_buy()
    {
        var visitor = Request(Model) with { Recent = Recent(("p000003", Interest.Viewed)) };
        var answer = Recommender.Recommend(Model, visitor);
        Assert.Equal(new Reason(ReasonKind.GoesWith, "p000003"), answer[0].Reasons[0]);
        Assert.Equal("theme 3", answer[0].Category);
        Assert.All(answer, r => Assert.False(r.IsRepeat));

        var unknown = Recommender.Recommend(Model, Request(Model));
        var top = Enumerable.Range(0, 100).MaxBy(p => Model.Popularity[p]);
        Assert.Equal(Model.Catalogue.Products[top].Id, unknown[0].Product);
        Assert.All(unknown, r => Assert.Equal(ReasonKind.Popular, r.Reasons.Single().Kind));
    }

    [Fact]
    public void Categories_are_mixed()
    {
        var flat = Fixed(repeatRate: .1f);
        var categories = Recommender.Recommend(flat, Request(flat) with { Count = 20 }).GroupBy(r => r.Category).Select(g => g.Count());
        Assert.Equal(Enumerable.Repeat(2, 10), categories);
    }

    [Fact]
    public void Valuable_customers_see_dearer_products_and_others_cheaper_and_promoted_ones()
    {
        var flat = Fixed(repeatRate: .1f);
        var request = Request(flat);
        double[] levels = [.. new[] { PriceAppeal.Promotion, PriceAppeal.Any, PriceAppeal.Premium }.Select(a => Recommender
            .Recommend(flat, request with { Appeal = a }).Average(r => flat.Catalogue.PriceLevelOf(flat.Catalogue.NumberOf(r.Product))))];
        Assert.Equal(levels.Order(), levels);
        Assert.True(levels[2] > levels[0] + .3);

        var premium = Recommender.Recommend(flat, request with { Appeal = PriceAppeal.Premium });
        Assert.All(premium, r => Assert.Contains(new Reason(ReasonKind.Premium), r.Reasons));
        var shelf = Shelf.Of(flat.Catalogue, promoted: ["p000054"]);
        var promoted = Recommender.Recommend(flat, request with { Appeal = PriceAppeal.Promotion, Shelf = shelf });
        Assert.Equal(("p000054", ReasonKind.Promoted), (promoted[0].Product, promoted[0].Reasons[^1].Kind));
    }

    [Fact]
    public void Each_kind_of_reason_has_a_sentence()
    {
        Assert.Equal("Bought about every 14 days, last 1 day ago.", new Reason(ReasonKind.Due, null, 4, 1, 14).Text);
        Assert.Equal("Bought before, 12 days ago.", new Reason(ReasonKind.BoughtBefore, null, 1, 12).Text);
        Assert.Equal("Bought 3 times, last 12 days ago.", new Reason(ReasonKind.BoughtBefore, null, 3, 12).Text);
        Assert.Equal("Often bought with cup.", new Reason(ReasonKind.GoesWith, "cup").Text);
        Assert.All(Enum.GetValues<ReasonKind>(), k => Assert.EndsWith(".", new Reason(k).Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_answer_has_reasons_and_tells_repeats_from_new_products()
    {
        var answer = Recommender.Recommend(Model, Customer);
        Assert.Equal(20, answer.Length);
        Assert.Equal(20, answer.Select(r => r.Product).Distinct().Count());
        Assert.All(answer, r => Assert.Equal(r.IsRepeat, r.Product is "p000003" or "p000013"));
        Assert.All(answer, r => Assert.Equal(r.IsRepeat, r.Reasons[0].Kind is ReasonKind.Due or ReasonKind.BoughtBefore));
    }

    [Fact]
    public void A_catalogue_of_one_product_of_none_and_of_a_hundred_thousand_have_answers()
    {
        var one = Shops.Train(30, 1);
        Assert.Equal(["p000000"], Recommended(Request(one), one));
        Assert.Equal(["p000000"], Recommended(Request(one) with { Baskets = Baskets(0, "p000000") }, one));

        var none = RecommendationTrainer.Train(Catalogue.Empty, []).Model;
        Assert.Empty(Recommended(Request(none) with { Baskets = Baskets(0, "gone") }, none));

        var many = Shops.Train(1_000, 100_000, new LearningOptions { Ridges = [] });
        Assert.Equal(10, Recommended(Request(many) with { Baskets = Baskets(0, "p000003") }, many).Length);
    }

    [Fact]
    public void Prices_of_zero_and_unknown_prices_are_recommended_like_others()
    {
        var catalogue = Catalogue.Of(
            [new("free", "x", Money.Zero), new("gift", "x", Money.Zero), new("unknown", "x"), new("paid", "x", new Money(9))]);
        var model = RecommendationTrainer.Train(catalogue, [new([1, 2], [[0, 1], [2, 3]])]).Model;
        foreach (var appeal in Enum.GetValues<PriceAppeal>())
        {
            Assert.Equal(4, Recommended(Request(model) with { Appeal = appeal }, model).Length);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_count_that_makes_no_sense_is_refused(int count) => Assert.StartsWith(
        $"count: {count} is not 1 to 100.",
        Assert.Throws<ArgumentException>(() => Recommender.Recommend(Model, Customer with { Count = count })).Message,
        StringComparison.Ordinal);

    // All products are alike but for their prices; the blend is the default.
    private static RecommendationModel Fixed(float repeatRate) => new()
    {
        Catalogue = Model.Catalogue,
        Popularity = [.. Enumerable.Repeat(.01f, 100)],
        Repeats = [.. Enumerable.Repeat(new RepeatRate(repeatRate, 14), 100)],
        Decay = Model.Decay,
        Customers = new(SparseRows.Of([]), 100),
        Associations = SparseRows.Of([.. Enumerable.Repeat(Enumerable.Empty<(int, float)>(), 100)]),
        AssociationKind = AssociationKind.ItemNeighbours,
        Blend = Blend.Default,
    };

    private static RecommendationRequest Request(RecommendationModel model) => new()
    {
        Baskets = new BasketHistory(),
        Recent = new RecentItems(),
        Day = BasketHistoryTests.Day(30),
        Shelf = Shelf.Of(model.Catalogue),
    };

    private static string[] Recommended(RecommendationRequest request, RecommendationModel? model = null) =>
        [.. Recommender.Recommend(model ?? Model, request).Select(r => r.Product)];

    private static BasketHistory Baskets(int day, params string[] products) =>
        BasketHistory.Of([BasketHistoryTests.Bought(day, [.. products.Select(p => (p, 1))])]);

    // Noon of a day.
    private static long At(int day) =>
        new DateTimeOffset(BasketHistoryTests.Day(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero).ToUnixTimeSeconds();

    private static RecentItems Recent(params (string Product, Interest Interest)[] items)
    {
        var recent = new RecentItems();
        foreach (var (product, interest) in items)
        {
            recent.Add(new RecentItem(product, At(29), interest));
        }

        return recent;
    }
}
