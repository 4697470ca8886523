using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Tests.Models;

/// <summary>arXiv 2006.00556, section 3.2: the mean over groups of their means over baskets.</summary>
public sealed class GroupedDecayTests
{
    [Fact]
    public void Two_groups_of_two_baskets_weigh_as_the_formulas_say()
    {
        var weights = new GroupedDecay(2, .9, .7).WeightsOf(4);
        Assert.All(weights.Zip([.7 * .9 / 4, .7 / 4, .9 / 4, 1 / 4.0]), w => Assert.Equal(w.Second, w.First, 1e-7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(50)]
    public void A_later_basket_never_weighs_less_in_its_group_and_all_weigh_something(int baskets)
    {
        var weights = new GroupedDecay(1, .9, .7).WeightsOf(baskets);
        Assert.Equal(weights.Order(), weights);
        Assert.True(weights[0] > 0);
        Assert.Equal(baskets, new GroupedDecay().WeightsOf(baskets).Length);
    }

    [Fact]
    public void No_basket_has_no_weight() => Assert.Empty(new GroupedDecay().WeightsOf(0));
}
