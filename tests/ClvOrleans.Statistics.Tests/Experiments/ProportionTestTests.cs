using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Tests of two proportions by one look.</summary>
public sealed class ProportionTestTests
{
    // Newcombe 1998, "Interval Estimation for the Difference Between Independent Proportions", table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, .0524, .3339)]
    [InlineData(9, 10, 3, 10, .1705, .8090)]
    [InlineData(6, 7, 2, 7, .0582, .8062)]
    [InlineData(5, 56, 0, 29, -.0381, .1926)]
    [InlineData(0, 10, 0, 20, -.1611, .2775)]
    [InlineData(0, 10, 0, 10, -.2775, .2775)]
    [InlineData(10, 10, 0, 20, .6791, 1)]
    [InlineData(10, 10, 0, 10, .6075, 1)]
    public void The_interval_is_the_published_one(long a, long n, long b, long m, double lower, double upper)
    {
        if (a + b == 0)
        {
            Assert.Throws<ExperimentException>(() => ProportionTest.Compare(new(b, m), new(a, n)));
            return;
        }

        var effect = ProportionTest.Compare(new(b, m), new(a, n));
        Assert.Equal(lower, effect.Interval.Lower, 5e-5);
        Assert.Equal(upper, effect.Interval.Upper, 5e-5);
    }

    // R: prop.test(c(15, 25), c(50, 50), correct = FALSE): X-squared = 4.1667, p-value = 0.04123.
    [Fact]
    public void The_test_is_the_one_without_continuity_correction()
    {
        var effect = ProportionTest.Compare(new(15, 50), new(25, 50));
        Assert.Equal(4.1667, effect.Statistic * effect.Statistic, 5e-5);
        Assert.Equal(.04123, effect.PValue, 5e-6);
        var greater = ProportionTest.Compare(new(15, 50), new(25, 50), Alternative.Greater);
        Assert.Equal(effect.PValue / 2, greater.PValue, 1e-12);
        Assert.True(greater.Interval.Lower > effect.Interval.Lower);
        Assert.Equal(double.PositiveInfinity, greater.Interval.Upper);
    }

    [Fact]
    public void What_the_data_cannot_tell_is_said()
    {
        Assert.Equal(
            "The control has no units.", Assert.Throws<ExperimentException>(() => ProportionTest.Compare(default, new(1, 2))).Message);
        Assert.Equal(
            "The treated arm has no units.", Assert.Throws<ExperimentException>(() => ProportionTest.Compare(new(1, 2), default)).Message);
        Assert.Equal(
            "All units of both arms had the same outcome: there is nothing to compare yet.",
            Assert.Throws<ExperimentException>(() => ProportionTest.Compare(new(3, 3), new(5, 5))).Message);
        Assert.Equal(
            "The control has 3 successes in 2 trials; there can be from 0 to 2.",
            Assert.Throws<ArgumentException>(() => ProportionTest.Compare(new(3, 2), new(1, 2))).Message);
    }
}
