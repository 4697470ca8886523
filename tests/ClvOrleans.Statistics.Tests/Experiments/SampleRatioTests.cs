using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>The sample-ratio check.</summary>
public sealed class SampleRatioTests
{
    // The first pair is from Kohavi, Tang and Xu 2020, "Trustworthy Online Controlled Experiments", chapter 3; all were computed
    // independently.
    [Theory]
    [InlineData(821_588, 815_482, 22.774, 5e-4, 1.82e-6, 5e-9)]
    [InlineData(1_000, 1_200, 18.18, 5e-3, 2.0e-5, 5e-7)]
    [InlineData(5_000, 5_200, 3.9216, 5e-5, .04767, 5e-6)]
    [InlineData(310, 98, 110.157, 5e-4, 9e-26, 5e-27)]
    public void Two_equal_arms_have_the_published_statistic(long a, long b, double square, double within, double p, double pWithin)
    {
        var check = SampleRatio.Check([a, b], [.5, .5]);
        Assert.Equal(square, check.ChiSquare, within);
        Assert.Equal(1, check.DegreesOfFreedom);
        Assert.Equal(p, check.PValue, pWithin);
        Assert.Equal(p < .001, check.IsMismatch);
    }

    [Fact]
    public void The_p_value_is_uniform_where_the_assignment_works()
    {
        var random = new Random(3);
        var p = new double[2_000];
        for (var i = 0; i < p.Length; i++)
        {
            var counts = new long[3];
            for (var n = 0; n < 3_000; n++)
            {
                counts[random.NextDouble() switch { < .2 => 0, < .5 => 1, _ => 2 }]++;
            }

            p[i] = SampleRatio.Check(counts, [.2, .3, .5]).PValue;
        }

        // Kolmogorov and Smirnov: 1.63 / √n is the critical value at 1 %.
        var distance = p.Order().Select((x, i) => Math.Max(Math.Abs(x - (i / 2_000.0)), Math.Abs(x - ((i + 1) / 2_000.0)))).Max();
        Assert.InRange(distance, 0, 1.63 / Math.Sqrt(2_000));
    }

    [Fact]
    public void An_arm_without_a_share_must_have_no_units()
    {
        Assert.Equal(1, SampleRatio.Check([50, 50, 0], [.5, .5, 0]).PValue);
        Assert.Equal(1, SampleRatio.Check([50, 50, 0], [.5, .5, 0]).DegreesOfFreedom);
        Assert.True(SampleRatio.Check([50, 50, 1], [.5, .5, 0]).IsMismatch);
        Assert.Equal(double.PositiveInfinity, SampleRatio.EValue([50, 50, 1], [.5, .5, 0]));
    }

    [Fact]
    public void A_check_after_every_unit_hardly_ever_alarms_without_a_cause()
    {
        var random = new Random(8);
        var alarms = 0;
        for (var i = 0; i < 500; i++)
        {
            var counts = new long[2];
            var alarm = false;
            for (var n = 0; n < 2_000; n++)
            {
                counts[random.NextDouble() < .5 ? 0 : 1]++;
                alarm |= SampleRatio.EValue(counts, [.5, .5], concentration: 100) >= 20;
            }

            alarms += alarm ? 1 : 0;
        }

        Assert.InRange(alarms / 500.0, 0, .05);
    }

    [Fact]
    public void The_evidence_of_a_mismatch_grows_with_the_units()
    {
        Assert.True(SampleRatio.EValue([821_588, 815_482], [.5, .5]) > 1_000);
        Assert.True(SampleRatio.EValue([5_000, 5_200], [.5, .5]) < 20);
    }

    [Fact]
    public void Counts_and_shares_that_make_no_sense_are_refused()
    {
        Assert.Equal(
            "No unit has been assigned yet.", Assert.Throws<ExperimentException>(() => SampleRatio.Check([0, 0], [.5, .5])).Message);
        Assert.StartsWith(
            "The shares add up to 0.9; they must add up to 1.",
            Assert.Throws<ArgumentException>(() => SampleRatio.Check([1, 1], [.5, .4])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SampleRatio.Check([1, 1, 1], [.5, .5]));
        Assert.Throws<ArgumentException>(() => SampleRatio.Check([1, -1], [.5, .5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleRatio.Check([1, 1], [.5, .5], threshold: 0));
    }
}
