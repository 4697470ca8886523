using ClvOrleans.Valuation.Intervals;
using ClvOrleans.Valuation.Levels;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace ClvOrleans.Valuation.Tests.Intervals;

/// <summary>Totals against customers drawn one by one, all of whom share one draw of the level.</summary>
public sealed class TotalDistributionTests
{
    private static readonly LevelError Error = new(5, .15);
    private static readonly double[] Probabilities = [.1, .25, .5, .75, .9];

    /// <summary>By how much of probability a quantile may be off: parts of few customers are not lognormal.</summary>
    [Theory]
    [InlineData(1, 3, .025)]
    [InlineData(4, 3, .1)]
    [InlineData(30, 1, .03)]
    [InlineData(2_000, 1, .01)]
    public void Quantiles_are_those_of_all_customers_drawn_with_one_level(int customers, int sets, double tolerance)
    {
        for (var seed = 1; seed <= sets; seed++)
        {
            var random = new MersenneTwister(seed);
            var all = Enumerable.Range(0, customers)
                .Select(_ => (Expected: 100 * Math.Exp(Normal.Sample(random, 0, .7)), None: .1 + (.8 * random.NextDouble()))).ToArray();
            var parts = all.Select(c => new ValueDistribution(c.Expected, 1, c.None, Shapes.Lognormal, LevelDraws.Known)).ToArray();
            var total = new TotalDistribution(
                all.Sum(c => c.Expected), parts.Sum(p => p.Variance), parts.Sum(p => p.Hazard), LevelDraws.ForTotals(Error));
            var drawn = Draw(all, random, Math.Max(8_000, 40_000 / customers));
            Assert.Equal(drawn.Count(d => d == 0) / (double)drawn.Length, total.Cumulative(0), .01);
            foreach (var probability in Probabilities.Where(p => p > total.Cumulative(0) + .02))
            {
                var quantile = total.Quantile(probability);
                Assert.Equal(probability, total.Cumulative(quantile), 5);
                Assert.InRange(drawn.Count(d => d <= quantile) / (double)drawn.Length, probability - tolerance, probability + tolerance);
            }
        }
    }

    [Fact]
    public void What_customers_share_does_not_average_out()
    {
        // Of ten thousand alike nothing is left but the level: its own quantile, within the steps of its draws.
        var total = new TotalDistribution(1e6, 1e4, 5_000, LevelDraws.ForTotals(Error));
        Assert.Equal(1e6 * Math.Exp(Error.LogRatio(.9)), total.Quantile(.9), 1e3);
        Assert.Equal(1e6 * Math.Exp(Error.LogRatio(.1)), total.Quantile(.1), 1e3);
    }

    [Fact]
    public void A_quantile_is_exceeded_as_often_as_was_asked_whatever_the_total()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var (expected, hazard) = (Math.Exp(30 * random.NextDouble()), Math.Exp(25 * (random.NextDouble() - .6)));
            var error = new LevelError(1 + (20 * random.NextDouble()), random.NextDouble() < .1 ? 0 : 1.5 * random.NextDouble());
            var variance = expected * expected * Math.Exp(20 * (random.NextDouble() - .7));
            var total = new TotalDistribution(expected, variance, hazard, LevelDraws.ForTotals(error));
            foreach (var probability in (double[])[1e-6, .1, .5, .9, 1 - 1e-6])
            {
                var quantile = total.Quantile(probability);
                if (quantile == 0)
                {
                    Assert.True(total.Cumulative(0) >= probability);
                }
                else
                {
                    // Where the total is all but certain, a step of the answer's own exactness is a step of the probability too.
                    var (below, above) = (total.Cumulative(quantile * (1 - 1e-6)), total.Cumulative(quantile * (1 + 1e-6)));
                    Assert.InRange(probability, below - 1e-9, above + 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Of_customers_who_are_expected_to_bring_nothing_the_total_is_nothing()
    {
        var total = new TotalDistribution(0, 0, 0, LevelDraws.ForTotals(Error));
        Assert.Equal((0, 1), (total.Quantile(.9), total.Cumulative(0)));
    }

    private static double[] Draw((double Expected, double None)[] customers, MersenneTwister random, int draws)
    {
        var totals = new double[draws];
        for (var i = 0; i < draws; i++)
        {
            var level = Math.Exp(Error.Scale * StudentT.Sample(random, 0, 1, Error.DegreesOfFreedom));
            foreach (var (expected, none) in customers)
            {
                var nothing = Math.Pow(none, level);
                totals[i] += random.NextDouble() < nothing ? 0
                    : expected * level / (1 - nothing) * Math.Exp(
                        (Shapes.Sigma * Normal.Sample(random, 0, 1)) - (Shapes.Sigma * Shapes.Sigma / 2));
            }
        }

        return totals;
    }
}
