using ClvOrleans.Reports.Marketing;
using CsCheck;

namespace ClvOrleans.Reports.Tests.Marketing;

public sealed class BudgetPlanTests
{
    private static readonly Gen<ChannelUse> AnyChannel =
        from spend in Gen.Double[10, 1_000]
        from customers in Gen.Double[1, 500]
        from value in Gen.Double[1, 100]
        from elasticity in Gen.Double[.1, .9]
        select new ChannelUse("c", "", spend, customers, value, elasticity);

    private static readonly Gen<SegmentUse> AnySegment =
        from atRisk in Gen.Double[0, 200].List[0, 200]
        from saved in Gen.Double[.01, .5]
        from cost in Gen.Double[.1, 5]
        select new SegmentUse("s", "", atRisk, saved, cost);

    [Fact]
    public void Of_two_like_channels_the_one_with_twice_the_value_gets_four_times_the_money()
    {
        // Elasticity one half: the marginal return falls with the root of the amount.
        ChannelUse[] channels = [new("a", "", 100, 50, 10, .5), new("b", "", 100, 50, 20, .5)];
        var amounts = BudgetPlan.Split(channels, 1_000);
        Assert.Equal(200, amounts[0], 6);
        Assert.Equal(800, amounts[1], 6);
    }

    [Fact]
    public void What_does_not_return_its_cost_is_not_spent() =>
        Assert.Equal([25.0], BudgetPlan.Split([new ChannelUse("a", "", 100, 10, 10, .5)], 1_000));

    [Fact]
    public void Customers_with_the_most_at_risk_are_contacted_first_and_those_not_worth_it_never()
    {
        var segment = new SegmentUse("s", "", [10, 400, 0, 100], .05, 1);
        Assert.Equal((3.0, 2), (BudgetPlan.Split([segment], 3, .1)[0], segment.CustomersFor(2)));
        Assert.Equal(25, segment.ReturnOf(2), 9);
        Assert.Equal([2.0], BudgetPlan.Split([segment], 100));
    }

    [Fact]
    public void No_other_split_returns_more_and_the_budget_is_kept() =>
        Gen.Select(AnyChannel.List[1, 4], AnySegment.List[0, 3], Gen.Double[1, 5_000]).Sample((channels, segments, budget) =>
        {
            IBudgetUse[] uses = [.. channels, .. segments];
            var amounts = BudgetPlan.Split(uses, budget);
            Assert.True(amounts.Sum() <= budget * (1 + 1e-9));
            Assert.All(amounts, a => Assert.True(a >= 0));
            foreach (var from in channels)
            {
                foreach (var to in channels)
                {
                    // A little of one channel to another never returns more.
                    var (i, j) = (Array.IndexOf(uses, from), Array.IndexOf(uses, to));
                    var moved = Math.Min(amounts[i], budget * 1e-4);
                    var before = from.ReturnOf(amounts[i]) + to.ReturnOf(amounts[j]);
                    var after = from.ReturnOf(amounts[i] - moved) + to.ReturnOf(amounts[j] + moved);
                    Assert.True(i == j || after <= before + (1e-6 * Math.Abs(before)));
                }
            }
        });
}
