using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Levels;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace ClvOrleans.Valuation.Tests.Intervals;

public sealed class ValueDistributionTests
{
    private static readonly LevelError Error = new(4, .2);
    private static readonly double[] Probabilities = [.025, .1, .25, .5, .75, .9, .975];

    [Theory]
    [InlineData(.05)]
    [InlineData(.4)]
    [InlineData(.85)]
    public void Quantiles_are_those_of_a_level_times_a_shape(double none)
    {
        var value = new ValueDistribution(10_000, 2, none, Shapes.Lognormal, LevelDraws.ForCustomer(Error));
        var drawn = Draw(10_000, none);
        foreach (var probability in Probabilities)
        {
            var quantile = value.Quantile(probability);
            Assert.InRange(
                drawn.Count(d => d <= quantile) / (double)drawn.Length, Math.Min(probability, none) - .004,
                Math.Max(probability, none + .01) + .004);
            if (quantile > 0)
            {
                Assert.Equal(probability, value.Cumulative(quantile), 4);
                Assert.InRange(drawn.Count(d => d <= quantile) / (double)drawn.Length, probability - .004, probability + .004);
            }
        }
    }

    [Fact]
    public void Where_the_level_is_known_there_is_nothing_up_to_P_no_purchase_and_the_shape_beyond()
    {
        var value = new ValueDistribution(600, 0, .4, Shapes.Lognormal, LevelDraws.Known);
        Assert.Equal(0, value.Quantile(.39));
        Assert.Equal(.4, value.Cumulative(0), 12);

        // Half of those who buy, who are 60 %: the median of a lognormal distribution of mean 600 / .6.
        Assert.Equal(1_000 * Math.Exp(-Shapes.Sigma * Shapes.Sigma / 2), value.Quantile(.7), 2);

        // E[y²] = (600 / .6)² e^(σ²) .6.
        Assert.Equal((1e6 * Math.Exp(Shapes.Sigma * Shapes.Sigma) * .6) - 360_000, value.Variance, 4);
    }

    [Fact]
    public void Who_is_expected_to_bring_nothing_brings_nothing()
    {
        var value = new ValueDistribution(0, 0, 1, Shapes.Lognormal, LevelDraws.ForCustomer(Error));
        Assert.Equal((0, 1, 0), (value.Quantile(.99), value.Cumulative(5), value.Variance));
    }

    [Fact]
    public void The_less_the_level_is_known_the_wider_is_an_interval()
    {
        var widths = new[] { 0, .1, .2, .4 }.Select(scale =>
        {
            var value = new ValueDistribution(100, 5, .1, Shapes.Lognormal, LevelDraws.ForCustomer(new LevelError(4, scale)));
            return Math.Log(value.Quantile(.95) / value.Quantile(.5));
        }).ToArray();
        Assert.Equal(widths.Order(), widths);
    }

    [Fact]
    public void A_customer_is_of_the_group_of_most_repeats_and_probability_of_no_purchase_that_they_reach()
    {
        var shape = new ValueShape(
            [Shapes.GroupOf(0, 0, 1, 1), Shapes.GroupOf(0, .6, 1, 1), Shapes.GroupOf(2, 0, 1, 1), Shapes.GroupOf(2, .3, 1, 1)], 3, 90);
        (int Repeats, double None, int Group)[] expected = [
            (0, .1, 0), (0, .6, 1), (1, .59, 0), (1, 1, 1), (2, .1, 2), (2, .3, 3), (50, .9, 3)
        ];
        Assert.All(expected, e => Assert.Same(shape.Groups[e.Group], shape.GroupOf(e.Repeats, e.None)));
    }

    [Fact]
    public void Tails_go_on_beyond_the_outermost_quantiles_and_scores_are_their_inverse()
    {
        var group = Shapes.GroupOf(0, 0, 1, .5);
        foreach (var score in new[] { -6, -2.5, -.03, 0, 1.27, 2.5, 4 })
        {
            Assert.Equal((.5 * score) - .125, group.LogRatioAt(score), 10);
            Assert.Equal(score, group.ScoreOf(group.LogRatioAt(score)), 10);
        }
    }

    [Fact]
    public void Quantiles_of_any_horizon_and_level_allocate_nothing_once_the_horizons_level_was_drawn()
    {
        var intervals = new ValueIntervals(new IntervalCalibration(
            Shapes.Lognormal, [new HorizonError(30, new LevelError(4, .1)), new HorizonError(365, new LevelError(9, .15))]));
        Horizon[] horizons = [new(30), new(91), new(365)];
        var sum = Ask(intervals, horizons);
        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Ask(intervals, horizons);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(sum, 1, double.MaxValue);
    }

    private static double Ask(ValueIntervals intervals, Horizon[] horizons)
    {
        var sum = 0.0;
        foreach (var horizon in horizons)
        {
            foreach (var probability in Probabilities)
            {
                sum += intervals.Of(5_000, 3, .3, horizon).Quantile(probability);
                sum += intervals.OfTotal(1e6, 1e9, 40, horizon).Quantile(probability);
            }
        }

        return sum;
    }

    // Without the code that is tested: a level, then whether anything comes, then how much.
    private static double[] Draw(double expected, double none)
    {
        var random = new MersenneTwister(1);
        return [.. Enumerable.Range(0, 400_000).Select(_ =>
        {
            var level = Math.Exp(Error.Scale * StudentT.Sample(random, 0, 1, Error.DegreesOfFreedom));
            var nothing = Math.Pow(none, level);
            return random.NextDouble() < nothing ? 0
                : expected * level / (1 - nothing) * Math.Exp(
                    (Shapes.Sigma * Normal.Sample(random, 0, 1)) - (Shapes.Sigma * Shapes.Sigma / 2));
        })];
    }
}
