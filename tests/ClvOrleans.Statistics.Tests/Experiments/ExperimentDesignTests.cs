using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Sizes before the start.</summary>
public sealed class ExperimentDesignTests
{
    // R: power.prop.test(p1 = .50, p2 = .75, power = .90) => n = 76.7; power.prop.test(n = 50, p1 = .50, p2 = .75) => power = 0.740.
    [Fact]
    public void Proportions_need_the_units_that_R_prints()
    {
        Assert.Equal(76.7, new ExperimentDesign(Power: .9).UnitsForRates(.5, .75) / 2, .05);
        Assert.Equal(100, new ExperimentDesign(Power: .7401659).UnitsForRates(.5, .75), 1e-4);
    }

    // (1.959964 + 0.841621)² = 7.8489 is the constant of every textbook: n an arm = 2 × 7.8489 (s / δ)².
    [Fact]
    public void Means_need_sixteen_times_the_squared_ratio_in_each_arm()
    {
        Assert.Equal(4 * 7.848879 * 100, new ExperimentDesign().UnitsForDifference(deviation: 10, difference: 1), .01);
        Assert.Equal(1, new ExperimentDesign().DetectableDifference(10, 4 * 7.848879 * 100), 1e-6);
    }

    [Fact]
    public void A_tenth_in_one_arm_needs_more_units_than_halves()
    {
        var (halves, tenth) = (new ExperimentDesign(), new ExperimentDesign(TreatedShare: .1));
        Assert.Equal(halves.UnitsForDifference(1, .1) * .25 / .09, tenth.UnitsForDifference(1, .1), 1e-6);
        Assert.True(tenth.UnitsForRates(.1, .12) > halves.UnitsForRates(.1, .12));
    }

    [Fact]
    public void The_least_rise_that_is_found_needs_just_these_units()
    {
        var design = new ExperimentDesign(TreatedShare: .8);
        var rise = design.DetectableRise(.04, 20_000);
        Assert.Equal(20_000, design.UnitsForRates(.04, .04 + rise!.Value), 1e-3);
        Assert.Null(design.DetectableRise(.9, 10));
    }

    [Fact]
    public void The_wanted_power_is_what_simulated_experiments_have()
    {
        var random = new Random(12);
        var design = new ExperimentDesign();
        var arm = (int)Math.Ceiling(design.UnitsForRates(.2, .26) / 2);
        var found = Enumerable.Range(0, 4_000).Count(_ => ProportionTest.Compare(Draw(.2), Draw(.26)).PValue < .05);
        Assert.InRange(found / 4_000.0, .78, .82);

        Proportion Draw(double rate) => new(Enumerable.Range(0, arm).Count(_ => random.NextDouble() < rate), arm);
    }

    [Fact]
    public void To_look_at_any_time_takes_about_twice_the_units()
    {
        var (once, any) = (new ExperimentDesign(), new ExperimentDesign(Reading: Reading.AnyTime));
        Assert.InRange(any.UnitsForDifference(10, 1) / once.UnitsForDifference(10, 1), 1.8, 2);
        var half = new MeanSequence(10_000).Compare(new(5_000, 0, 100), new(5_000, 0, 100)).Interval.Upper;
        Assert.Equal(half, any.DetectableDifference(10, 10_000) - (.8416212 * 10 / Math.Sqrt(2_500)), 1e-6);
    }

    [Fact]
    public void A_plan_says_units_and_days_and_whether_there_is_power()
    {
        var plan = new ExperimentDesign().Plan(deviation: 10, difference: 1, new Traffic(Present: 1_000, ADay: 100, LongestDays: 30));
        Assert.Equal((3_140, 22, true), (plan.Units, plan.Days, plan.HasPower));
        var weak = new ExperimentDesign().Plan(10, .5, new Traffic(1_000, 100, 30));
        Assert.Equal((12_559, 116, false), (weak.Units, weak.Days, weak.HasPower));
        Assert.Equal(new ExperimentDesign().DetectableDifference(10, 4_000), weak.DetectableEffect);
        Assert.Null(new ExperimentDesign().Plan(10, 1, new Traffic(1_000, 0, 30)).Days);
        Assert.Equal(double.PositiveInfinity, new ExperimentDesign().Plan(10, 1, new Traffic(0, 0, 30)).DetectableEffect);
        Assert.Equal(0, new ExperimentDesign().Plan(10, 1, new Traffic(5_000, 0, 30)).Days);
    }

    [Fact]
    public void A_design_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentDesign(Alpha: 0).UnitsForDifference(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentDesign(Power: 1).UnitsForDifference(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentDesign(TreatedShare: 0).UnitsForDifference(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentDesign().UnitsForDifference(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentDesign().UnitsForDifference(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentDesign().UnitsForRates(.1, .1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentDesign().UnitsForRates(0, .1));
        Assert.Throws<ArgumentException>(() => new ExperimentDesign().Plan(1, 1, new Traffic(-1, 1, 1)));
    }
}
