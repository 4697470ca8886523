using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Statistics.Tests.Experiments;

/// <summary>Adjustment by a covariate.</summary>
public sealed class CupedTests
{
    // GrowthBook, packages/stats, tests: pre .3 .5 .9 22, post 2 1 5 3.
    [Fact]
    public void Theta_is_the_published_one()
    {
        var arm = CovariateSample.Of([(2, .3), (1, .5), (5, .9), (3, 22)]);
        Assert.Equal(.0186379, Cuped.Adjust(arm, arm).Theta, 5e-8);
    }

    [Fact]
    public void A_covariate_that_explains_half_of_the_variance_saves_half_of_it_and_moves_no_effect_on_average()
    {
        var random = new Random(4);
        var adjusted = new List<double>();
        for (var i = 0; i < 400; i++)
        {
            var adjustment = Cuped.Adjust(Arm(0), Arm(.3));
            Assert.InRange(adjustment.VarianceReduction, .35, .65);
            Assert.InRange(adjustment.Theta, .8, 1.2);
            adjusted.Add(adjustment.Treated.Mean - adjustment.Control.Mean);
        }

        var effects = Sample.Of(adjusted);
        Assert.Equal(.3, effects.Mean, 4 * Math.Sqrt(effects.Variance / effects.Count));

        CovariateSample Arm(double effect) => CovariateSample.Of(Enumerable.Range(0, 300).Select(_ =>
        {
            var before = Normal();
            return (before + Normal() + effect, before);
        }));

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [Fact]
    public void A_covariate_that_does_not_vary_adjusts_nothing_and_says_so()
    {
        var (control, treated) = (CovariateSample.Of([(1, 7), (2, 7), (4, 7)]), CovariateSample.Of([(3, 7), (5, 7)]));
        Assert.Equal(new CupedAdjustment(control.Outcome, treated.Outcome, 0, 0, false), Cuped.Adjust(control, treated));
    }

    [Fact]
    public void Sums_give_the_sample_that_units_give()
    {
        (double Outcome, double Covariate)[] units = [(2, .3), (1, .5), (5, .9), (3, 22)];
        var (ofUnits, ofSums) = (CovariateSample.Of(units), CovariateSample.OfSums(
            4,
            units.Sum(u => u.Outcome),
            units.Sum(u => u.Outcome * u.Outcome),
            units.Sum(u => u.Covariate),
            units.Sum(u => u.Covariate * u.Covariate),
            units.Sum(u => u.Outcome * u.Covariate)));
        Assert.Equal(ofUnits.Covariance, ofSums.Covariance, 1e-12);
        Assert.Equal(ofUnits.Covariate.Variance, ofSums.Covariate.Variance, 1e-12);
        Assert.Equal(ofUnits.Outcome.Mean, ofSums.Outcome.Mean, 1e-12);
    }

    [Fact]
    public void An_arm_that_is_too_small_is_refused()
    {
        var arm = CovariateSample.Of([(1, 2), (2, 1)]);
        var e = Assert.Throws<ExperimentException>(() => Cuped.Adjust(default, arm));
        Assert.Equal("The control has 0 units; at least 2 are needed.", e.Message);
        Assert.Throws<ExperimentException>(() => CovariateSample.Of([(1, 2)]));
    }
}
