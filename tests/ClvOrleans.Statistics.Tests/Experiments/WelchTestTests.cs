using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Tests of means by one look.</summary>
public sealed class WelchTestTests
{
    // GrowthBook, packages/stats, tests/frequentist/test_tests.py.
    private static readonly Sample A = Sample.OfSums(3_407, 1_396.87, 52_377.9767);
    private static readonly Sample B = Sample.OfSums(3_461, 2_422.7, 134_698.29);

    [Fact]
    public void An_absolute_effect_is_the_published_one()
    {
        var effect = WelchTest.Compare(A, B);
        Assert.Equal(.29, effect.Estimate, 5e-6);
        Assert.Equal(.12478, effect.StandardError, 5e-6);
        Assert.Equal(5_841.742, effect.DegreesOfFreedom, 5e-4);
        Assert.Equal(.02016, effect.PValue, 5e-6);
        Same(.04538, .53462, effect.Interval);
    }

    [Fact]
    public void A_relative_effect_is_the_published_one()
    {
        var effect = WelchTest.Compare(A, B, EffectScale.Relative);
        Assert.Equal(.70732, effect.Estimate, 5e-6);
        Assert.Equal(.06191, effect.PValue, 5e-6);
        Same(-.03526, 1.44989, effect.Interval);
    }

    // The same file's one-sided test, of which the control has 3,000 units.
    [Fact]
    public void A_one_sided_relative_effect_is_the_published_one()
    {
        var control = Sample.OfSums(3_000, 1_396.87, 52_377.9767);
        var greater = WelchTest.Compare(control, B, EffectScale.Relative, Alternative.Greater);
        Assert.Equal(.06558, greater.PValue, 5e-6);
        Same(-.04514, double.PositiveInfinity, greater.Interval);
        var less = WelchTest.Compare(control, B, EffectScale.Relative, Alternative.Less);
        Assert.Equal(1 - greater.PValue, less.PValue, 1e-12);
        Assert.Equal(double.NegativeInfinity, less.Interval.Lower);
    }

    [Fact]
    public void A_relative_effect_on_a_proportion_is_the_published_one()
    {
        var effect = WelchTest.Compare(new Proportion(14, 28).Sample, new Proportion(16, 30).Sample, EffectScale.Relative);
        Assert.Equal(.06667, effect.Estimate, 5e-6);
        Assert.Equal(.80707, effect.PValue, 5e-6);
        Same(-.47767, .61101, effect.Interval);
    }

    // Student's sleep data (1908), the example of R's t.test: t = -1.8608, df = 17.776, p-value = 0.07939, -3.3654832 to 0.2054832.
    [Fact]
    public void Students_sleep_data_give_what_R_prints()
    {
        var effect = WelchTest.Compare(
            Sample.Of([1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4]), Sample.Of([.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2]));
        Assert.Equal(-1.8608, effect.Statistic, 5e-5);
        Assert.Equal(17.776, effect.DegreesOfFreedom, 5e-4);
        Assert.Equal(.07939, effect.PValue, 5e-6);
        Assert.Equal(-3.3654832, effect.Interval.Lower, 1e-7);
        Assert.Equal(.2054832, effect.Interval.Upper, 1e-7);
    }

    [Fact]
    public void Sums_give_the_sample_that_values_give()
    {
        double[] values = [3, 0, 0, 12.5, 7, 0, 1];
        var (ofValues, ofSums) = (Sample.Of(values), Sample.OfSums(7, values.Sum(), values.Sum(v => v * v)));
        Assert.Equal(ofValues.Mean, ofSums.Mean, 1e-14);
        Assert.Equal(ofValues.Variance, ofSums.Variance, 1e-12);
        Assert.Equal(0, Sample.OfSums(3, .3, .3 * .1).Variance); // rounding alone
    }

    [Fact]
    public void What_the_data_cannot_tell_is_said()
    {
        Refused("The arm has 1 units; at least 2 are needed.", () => Sample.Of([1]));
        Refused("The arm has 0 units; at least 2 are needed.", () => Sample.Of([]));
        Refused("The control has 0 units; at least 2 are needed.", () => WelchTest.Compare(default, B));
        Refused("The treated arm has 1 units; at least 2 are needed.", () => WelchTest.Compare(A, new Proportion(1, 1).Sample));
        Refused(
            "Neither arm varies: no error can be told from these data. Wait for outcomes that differ.",
            () => WelchTest.Compare(Sample.Of([0, 0]), Sample.Of([0, 0, 0])));
        Refused(
            "The control has a mean of 0, so there is no relative effect. Ask for the absolute one.",
            () => WelchTest.Compare(Sample.Of([0, 0]), B, EffectScale.Relative));
        Refused(
            "The arm has a mean of 1 and a variance of -1; both must be finite, and no variance below 0.", () => Sample.OfSums(2, 2, 1));
        Assert.Throws<ExperimentException>(() => Sample.Of([1, double.NaN]));
        Assert.Throws<ExperimentException>(() => Sample.Of([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WelchTest.Compare(A, B, alpha: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WelchTest.Compare(A, B, alpha: double.NaN));
    }

    private static void Refused(string reason, Func<object> call) => Assert.Equal(reason, Assert.Throws<ExperimentException>(call).Message);

    private static void Same(double lower, double upper, ConfidenceInterval interval)
    {
        Assert.Equal(lower, interval.Lower, 5e-6);
        Assert.Equal(upper, interval.Upper, 5e-6);
    }
}
