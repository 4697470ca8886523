using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.BuyTillYouDie;
using ClvOrleans.Valuation.Explanations;
using CsCheck;

namespace ClvOrleans.Valuation.Tests.Explanations;

public sealed class ExplanationTests
{
    [Fact]
    public void Contributions_add_up_to_the_estimate_less_the_baseline_to_the_minor_unit() =>
        Gen.Select(Shop.Histories, Gen.Int[0, 3], Gen.Int[1, 900], Gen.Int[0, 600]).Sample((events, which, days, ago) =>
        {
            var (model, customer, day, horizon) = (Shop.Models[which], Shop.Summarise(events), Shop.Day.AddDays(-ago), new Horizon(days));
            var why = model.Explain(customer, Shop.Summer, Shop.Store, day, horizon);
            var estimate = model.Estimate(customer, Shop.Summer, Shop.Store, day, horizon);
            Assert.Equal(estimate.Value, why.Value);
            Assert.Equal(why.Value, why.Contributions.Aggregate(why.Baseline, (sum, c) => sum + c.Amount));
        }, iter: 400);

    [Theory]
    [InlineData(new[] { .4, .4, .4 }, 1, new long[] { 1, 0, 0 })]
    [InlineData(new[] { .6, .6, .8 }, 2, new long[] { 0, 1, 1 })]
    [InlineData(new[] { 2.2, -3.4, 0, 1.6 }, 0, new long[] { 2, -4, 0, 2 })]
    [InlineData(new[] { 0, 1.3 }, 2, new long[] { 0, 2 })]
    [InlineData(new[] { -1.5, -1.5 }, -3, new long[] { -1, -2 })]
    public void Units_that_rounding_has_lost_go_to_the_shares_it_moved_furthest(double[] shares, long difference, long[] expected) =>
        Assert.Equal(expected, Amounts(shares, difference));

    [Theory]
    [InlineData(new[] { 1.0, 2 }, 100)]
    [InlineData(new[] { 0.0, 0 }, 1)]
    [InlineData(new[] { 1.0, double.NaN }, 1)]
    [InlineData(new[] { 1.0 }, 1)]
    public void Shares_that_do_not_explain_the_difference_are_refused(double[] shares, long difference) =>
        Assert.Throws<ArgumentException>(() => Explanation.Of(
            "m", new Money(50 + difference), new Money(50), "b", [.. Enumerable.Range(0, 2).Select(Input)], shares));

    /// <summary>A new customer of the store: the population's mean on the first day.</summary>
    [Fact]
    public void Who_buys_for_the_first_time_today_is_worth_the_baseline_and_nothing_adds_to_it()
    {
        var day = Shop.Store.DayOf(Shop.Order("1", 7_777, 500).At);
        foreach (var model in Shop.Models)
        {
            var why = model.Explain(Shop.Summarise(Shop.Order("1", 7_777, 500)), MarketCalendar.Empty, Shop.Store, day, Shop.Year);
            Assert.Equal(why.Baseline, why.Value);
            Assert.All(why.Contributions, c => Assert.Equal(Money.Zero, c.Amount));
        }
    }

    [Fact]
    public void Inputs_that_are_those_of_the_baseline_add_exactly_nothing()
    {
        var customer = Shop.Summarise(Shop.Order("1", 4_000, 400), Shop.Event("p", Domain.Events.EventKind.PageViewed, 9_990));
        var why = Shop.Models[2].Explain(customer, MarketCalendar.Empty, Shop.Store, Shop.Day, Shop.Year);
        Assert.Equal(
            ["purchaseDays", "daysFromFirstToLastOrder", "daysSinceLastOrder", "meanRepeatSpend", "marketSoFar", "marketAhead"],
            why.Contributions.Select(c => c.Input.Name));
        Assert.All(why.Contributions.Where(c => c.Input.Name != "daysSinceLastOrder"), c => Assert.Equal(Money.Zero, c.Amount));
        Assert.Equal(why.Value - why.Baseline, Of(why, "daysSinceLastOrder").Amount);
        Assert.True(Of(why, "daysSinceLastOrder").Amount < Money.Zero);
        Assert.Null(Of(why, "meanRepeatSpend").Input.Value);
    }

    [Fact]
    public void Purchases_and_higher_spend_add_and_silence_takes_away()
    {
        var customer = Shop.Summarise(
            [Shop.Order("1", 4_000, 100), .. Enumerable.Range(2, 3).Select(i => Shop.Order($"{i}", 9_000, 100 * i))]);
        var why = Shop.Models[1].Explain(customer, Shop.Summer, Shop.Store, Shop.Day, Shop.Year);
        var days = Of(why, "purchaseDays");
        Assert.Equal((4.0, 1.0, "4 days with purchases instead of one"), (days.Input.Value, days.Input.Baseline, days.Input.Phrase));
        Assert.True(days.Amount > Money.Zero && Of(why, "meanRepeatSpend").Amount > Money.Zero);
        Assert.True(Of(why, "daysSinceLastOrder").Amount < Money.Zero);
        Assert.Equal("nothing bought for 117 days", Of(why, "daysSinceLastOrder").Input.Phrase);

        // p v / (q - 1) = 6.25 x 15.44 / 2.74 = 35.22.
        Assert.Equal("90.00 spent on a repeat purchase, where 35.22 is usual", Of(why, "meanRepeatSpend").Input.Phrase);
        Assert.Equal("shapley", why.Method);
        Assert.DoesNotContain(why.Contributions, c => c.Input.Name.StartsWith("market", StringComparison.Ordinal));
    }

    [Fact]
    public void A_promotion_to_come_adds_and_one_that_is_over_makes_past_purchases_count_less()
    {
        var customer = Shop.Summarise(Shop.Order("1", 4_000, 100), Shop.Order("2", 4_000, 400));
        var why = Shop.Models[2].Explain(customer, Shop.Summer, Shop.Store, Shop.Day, new Horizon(60));
        Assert.True(Of(why, "marketAhead").Amount > Money.Zero);

        // 20 days of strength .7 under an effect of .8 count e^.56 each.
        Assert.Equal(40 + (20 * Math.Exp(.56)), Of(why, "marketAhead").Input.Value!.Value, 1e-6);
        var after = Shop.Models[2].Explain(customer, Shop.Summer, Shop.Store, new DateOnly(2024, 7, 20), new Horizon(60));
        Assert.Equal(Money.Zero, Of(after, "marketAhead").Amount);
        Assert.True(Of(after, "marketSoFar").Amount < Money.Zero);
    }

    [Fact]
    public void Who_has_bought_nothing_lacks_the_first_purchase()
    {
        var why = Shop.Models[1].Explain(Shop.Summarise(), Shop.Summer, Shop.Store, Shop.Day, Shop.Year);
        var only = Assert.Single(why.Contributions);
        Assert.Equal((Money.Zero, Money.Zero - why.Baseline), (why.Value, only.Amount));
        Assert.True(why.Baseline > Money.Zero);
    }

    [Fact]
    public void The_same_question_gives_the_same_answer_to_the_bit_whatever_was_asked_before()
    {
        var customer = Shop.Summarise(Shop.Order("1", 4_000, 100), Shop.Order("2", 9_000, 200));
        var asked = new BuyTillYouDieModel(Shop.Following);
        asked.Explain(Shop.Summarise(Shop.Order("9", 1, 3)), Shop.Summer, Shop.Store, Shop.Day.AddDays(-50), new Horizon(700));
        var first = asked.Explain(customer, Shop.Summer, Shop.Store, Shop.Day, Shop.Year);
        var second = Shop.Models[2].Explain(customer, Shop.Summer, Shop.Store, Shop.Day, Shop.Year);
        Assert.Equal(first.Contributions, second.Contributions);
        Assert.Equal((first.Value, first.Baseline), (second.Value, second.Baseline));
    }

    private static InputContribution Of(Explanation why, string name) => why.Contributions.Single(c => c.Input.Name == name);

    private static long[] Amounts(double[] shares, long difference)
    {
        ModelInput[] inputs = [.. shares.Select((_, i) => Input(i))];
        var why = Explanation.Of("m", new Money(50 + difference), new Money(50), "b", inputs, shares);
        return [.. why.Contributions.Select(c => (long)c.Amount.Minor)];
    }

    private static ModelInput Input(int number) => new($"i{number}", 1, 0, InputUnit.Number, "one");
}
