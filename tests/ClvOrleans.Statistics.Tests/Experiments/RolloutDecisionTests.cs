using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>From an effect to a decision in money.</summary>
public sealed class RolloutDecisionTests
{
    // Hillstrom, Mens, from the printed figures of spend: margin .3, cost .20.
    private static readonly Effect Spend = new(.769827, .145247, 5.3, 36_000, 1e-7, new ConfidenceInterval(.485, 1.055));

    [Fact]
    public void A_decision_has_its_risk_and_what_certainty_would_be_worth()
    {
        var decision = RolloutDecision.Of(Spend, .3, .20);
        Assert.Equal(.0309481, decision.Mean, 5e-8);
        Assert.Equal(.0435741, decision.Deviation, 5e-8);
        Assert.Equal(.238777, decision.ProbabilityOfLoss, 5e-7);
        Assert.Equal(.0061186, decision.PerfectInformation, 5e-8);
        Assert.Equal(.230948, RolloutDecision.BreakEvenCost(Spend, .3), 5e-7);
        Assert.True(decision.Treat);
    }

    [Fact]
    public void A_holdout_goes_on_while_certainty_is_worth_more_than_it_costs()
    {
        var decision = RolloutDecision.Of(Spend, .3, .20);
        Assert.True(decision.LearnOn(customersLeft: 100_000, holdoutCost: 611.8));
        Assert.False(decision.LearnOn(customersLeft: 100_000, holdoutCost: 611.9));
    }

    // EVPI = E[max(profit, 0)] - max(μ, 0), drawn.
    [Theory]
    [InlineData(.5, 1)]
    [InlineData(-.5, 1)]
    [InlineData(0, 2)]
    public void Perfect_information_is_what_avoiding_the_wrong_decision_saves(double mean, double deviation)
    {
        var random = new Random(1);
        var best = Enumerable.Range(0, 1_000_000).Average(_ => Math.Max(0, mean + (deviation * Normal())));
        var decision = new RolloutDecision(mean, deviation);
        Assert.Equal(best - Math.Max(0, mean), decision.PerfectInformation, .01);
        Assert.Equal(mean > 0, decision.Treat);
        Assert.Equal(1, decision.ProbabilityOfLoss + new RolloutDecision(-mean, deviation).ProbabilityOfLoss, 1e-12);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [Fact]
    public void Money_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RolloutDecision.Of(Spend, 0, .2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RolloutDecision.Of(Spend, 1.1, .2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RolloutDecision.Of(Spend, .3, -1));
    }
}
