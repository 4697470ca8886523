using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;

namespace ClvOrleans.Recommendations.Tests.Models;

public sealed class RepeatRateTests
{
    [Fact]
    public void Someone_who_bought_once_is_expected_at_the_products_own_interval() =>
        Assert.Equal(30, new RepeatRate(.1f, 30).GapOf(1, 100, 100));

    [Fact]
    public void Own_gaps_weigh_more_the_more_there_are()
    {
        var rate = new RepeatRate(.1f, 30);
        Assert.Equal(Math.Exp((Math.Log(10) + (2 * Math.Log(30))) / 3), rate.GapOf(2, 100, 110), 1e-6);
        Assert.Equal(Math.Exp(((20 * Math.Log(10)) + (2 * Math.Log(30))) / 22), rate.GapOf(21, 100, 300), 1e-6);
    }

    [Fact]
    public void It_is_due_when_the_interval_has_passed_and_less_so_before_and_long_after()
    {
        var rate = new RepeatRate(.1f, 30);
        Assert.Equal(1, rate.DuenessAt(130, 1, 100, 100), 1e-12);
        Assert.Equal(Math.Exp(-.5 * Math.Pow(Math.Log(2), 2)), rate.DuenessAt(160, 1, 100, 100), 1e-12);
        Assert.Equal(rate.DuenessAt(115, 1, 100, 100), rate.DuenessAt(160, 1, 100, 100), 1e-12);
        Assert.True(rate.DuenessAt(100, 1, 100, 100) < .01);
    }

    [Fact]
    public void Rates_and_gaps_are_shrunk_to_those_of_the_store()
    {
        // Product 0 is bought in every basket, 1 once by each customer.
        var customers = Enumerable.Range(0, 50).Select(_ => new BasketSequence([0, 7, 14, 21], [[0, 1], [0], [0], [0]])).ToArray();
        var fit = RepeatFit.Fit(customers, 3);
        Assert.Equal((150 + 10.0) / (150 + 20), fit[0].Rate, 1e-6);
        Assert.Equal(10 / (150 + 20.0), fit[1].Rate, 1e-6);
        Assert.Equal(.5, fit[2].Rate, 1e-6);
        Assert.All(fit, r => Assert.Equal(7, r.Gap, 1e-4));
    }
}
