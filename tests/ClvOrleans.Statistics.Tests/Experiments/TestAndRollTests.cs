using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Tests sized by profit.</summary>
public sealed class TestAndRollTests
{
    // Feit and Berman 2019: display advertising with a mean rate of .68, σ = .03 and 100,000 customers.
    [Fact]
    public void The_size_is_the_published_one() =>
        Assert.Equal(2_283.89, TestAndRoll.ArmSize(100_000, Math.Sqrt(.68 * .32), .03), 5e-3);

    // The expected profit of a test of n in each arm, but for constants: (N - 2n) σ² / √(σ² + s²/n).
    [Theory]
    [InlineData(100_000, .4665, .03)]
    [InlineData(5_000, 100, 5)]
    [InlineData(1_000_000, 68, .2)]
    public void No_other_size_has_more_profit(double population, double deviation, double prior)
    {
        var size = TestAndRoll.ArmSize(population, deviation, prior);
        Assert.True(Profit(size) > Profit(size * 1.01));
        Assert.True(Profit(size) > Profit(size * .99));

        double Profit(double n) => (population - (2 * n)) * prior * prior / Math.Sqrt((prior * prior) + (deviation * deviation / n));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TestAndRoll.ArmSize(1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestAndRoll.ArmSize(100, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestAndRoll.ArmSize(100, 1, 0));
    }
}
