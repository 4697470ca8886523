using ClvOrleans.Statistics.Subscriptions;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Tests.Subscriptions;

public sealed class BetaDiscreteWeibullTests
{
    private static readonly BetaDiscreteWeibull Regular = new(.704, 1.182);
    private static readonly BetaDiscreteWeibull HighEnd = new(.668, 3.806);
    private static readonly BetaDiscreteWeibull[] Some =
        [Regular, HighEnd, new(3.8, 15.2), new(.26, 1.72, 1.58), new(2, 3, .6), new(40, 900, 1.2)];

    [Fact]
    public void Contracts_end_after_1_to_7_periods_with_the_published_probabilities() // pymc-marketing, α = β = 1: 1 / t (t + 1)
    {
        double[] published = [.5, .167, .083, .05, .033, .024, .018];
        var model = new BetaDiscreteWeibull(1, 1);
        Assert.All(published, (value, i) => Assert.Equal(value, model.ProbabilityOfEnding(i + 1), 5e-4));
        Assert.All(published, (_, i) => Assert.Equal(1.0 / ((i + 1) * (i + 2)), model.ProbabilityOfEnding(i + 1), 1e-14));
    }

    [Theory] // Fader and Hardie 2010, table 3, via pymc-marketing; its n-th renewal decision comes after n - 1 renewals. d = .1
    [InlineData(3.80, 15.20, .005, 3.31, 3.45, 3.59, 3.72, 3.84)]
    [InlineData(.067, .267, .01, 7.68, 9.46, 9.86, 10.06, 10.19)] // 7.671 from the rounded parameters
    public void Discounted_residual_lifetimes_are_the_published_ones(
        double alpha, double beta, double error, double first, double second, double third, double fourth, double fifth)
    {
        var model = new BetaDiscreteWeibull(alpha, beta);
        double[] published = [first, second, third, fourth, fifth];
        Assert.All(published, (value, renewals) => Assert.Equal(value, model.DiscountedResidualLifetime(renewals, .1), error));
    }

    [Theory] // table 1 of Fader and Hardie 2007: what became of both cohorts in the five years after those that they fit
    [InlineData(true, .394, .02)]
    [InlineData(false, .173, .005)]
    public void Twelve_year_survival_is_near_the_truth_that_the_fit_did_not_see(bool highEnd, double actual, double error) =>
        Assert.Equal(actual, (highEnd ? HighEnd : Regular).Survival(12), error);

    [Fact]
    public void With_c_of_1_it_is_the_shifted_beta_geometric() // equation 7 of Fader and Hardie 2007: P(T = t) by recursion
    {
        var (p, survival) = (.704 / (.704 + 1.182), 1.0);
        for (var t = 1; t <= 60; t++)
        {
            p *= t == 1 ? 1 : (1.182 + t - 2) / (.704 + 1.182 + t - 1);
            survival -= p;
            Assert.Equal(p, Regular.ProbabilityOfEnding(t), 1e-13);
            Assert.Equal(survival, Regular.Survival(t), 1e-13);
            Assert.Equal(Math.Log(p), Regular.LogLikelihood(new(t - 1, true)), 1e-12);
            Assert.Equal((1.182 + t - 1) / (.704 + 1.182 + t - 1), Regular.RetentionRate(t), 1e-13); // equation 8
        }

        Assert.Equal("sbg", Regular.Family);
        Assert.Equal("bdw", Some[3].Family);
    }

    [Fact]
    public void Survival_of_the_Weibull_is_the_ratio_of_betas_at_aged_time() // as pymc-marketing tests it
    {
        var model = new BetaDiscreteWeibull(2, 3, 1.8);
        for (var t = 0; t < 50; t++)
        {
            var age = Math.Pow(t, 1.8);
            Assert.Equal(SpecialFunctions.Beta(2, 3 + age) / SpecialFunctions.Beta(2, 3), model.Survival(t), 1e-13);
        }
    }

    [Fact]
    public void Probabilities_of_ending_and_of_survival_sum_to_one_whatever_the_renewals_so_far() => Assert.All(Some, model =>
    {
        for (var renewals = 0; renewals < 60; renewals += 7)
        {
            var ended = Enumerable.Range(1, 200).Sum(t => model.ProbabilityOfEnding(t, renewals));
            Assert.Equal(1, ended + model.Survival(200, renewals), 1e-11);
        }
    });

    [Fact]
    public void Retention_of_a_cohort_rises_and_with_ageing_customers_dips_first()
    {
        Assert.All(Enumerable.Range(1, 20), t => Assert.True(Regular.RetentionRate(t + 1) > Regular.RetentionRate(t)));
        var ageing = new BetaDiscreteWeibull(.26, 1.72, 1.58);
        Assert.True(ageing.RetentionRate(2) < ageing.RetentionRate(1) && ageing.RetentionRate(12) > ageing.RetentionRate(2));
    }

    [Theory]
    [InlineData(.5)]
    [InlineData(.1)]
    [InlineData(.003)]
    public void Discounted_residual_lifetime_is_the_sum_of_discounted_renewals(double rate) => Assert.All(Some, model =>
    {
        for (var renewals = 0; renewals < 10; renewals += 5)
        {
            var sum = Enumerable.Range(1, 15_000).Sum(k => model.Survival(k, renewals) * Math.Pow(1 + rate, 1 - k));
            Assert.Equal(sum, model.DiscountedResidualLifetime(renewals, rate), 1e-9 * sum);
        }
    });

    [Theory] // with the Weibull's sum a hair from c = 1, the closed form is the check, over up to tens of millions of terms
    [InlineData(.704, 1.182)]
    [InlineData(3.8, 15.2)]
    [InlineData(60, 2000)]
    public void Long_sums_agree_with_the_closed_form_of_sbg(double alpha, double beta)
    {
        foreach (var rate in new[] { .02, 1e-4, 1e-6 })
        {
            var exact = new BetaDiscreteWeibull(alpha, beta).DiscountedResidualLifetime(3, rate);
            var summed = new BetaDiscreteWeibull(alpha, beta, 1 + 1e-13).DiscountedResidualLifetime(3, rate);
            Assert.Equal(exact, summed, 1e-8 * exact);
        }
    }

    [Fact]
    public void Expected_residual_lifetime_is_finite_only_where_lifetimes_have_a_mean()
    {
        Assert.Equal((15.2 + 4) / (3.8 - 1), new BetaDiscreteWeibull(3.8, 15.2).ExpectedResidualLifetime(4), 1e-12);
        Assert.Equal((15.2 + 4) / (3.8 - 1), new BetaDiscreteWeibull(3.8, 15.2, 1 + 1e-13).ExpectedResidualLifetime(4), 1e-7);
        Assert.Equal(1.1 / .02, new BetaDiscreteWeibull(1.02, 1.1, 1 + 1e-13).ExpectedResidualLifetime(), 1e-5);
        Assert.Equal(double.PositiveInfinity, HighEnd.ExpectedResidualLifetime());
        Assert.Equal(double.PositiveInfinity, new BetaDiscreteWeibull(.5, 2, 1.9).ExpectedResidualLifetime());
        Assert.True(double.IsFinite(new BetaDiscreteWeibull(.5, 2, 2.1).ExpectedResidualLifetime()));
    }

    [Fact]
    public void Extreme_parameters_stay_probabilities()
    {
        BetaDiscreteWeibull[] extreme =
            [new(1e-6, 1e-6), new(1e6, 1e6), new(1e6, 1e-6, 3), new(1e-6, 1e6, .01), new(.5, .5, 300), new(2, 3, 1e-9)];
        Assert.All(extreme, model =>
        {
            foreach (var t in new[] { 1, 2, 1000, int.MaxValue })
            {
                Assert.InRange(model.Survival(t), 0, 1);
                Assert.InRange(model.ProbabilityOfEnding(t), 0, 1);
            }
        });
    }

    [Fact]
    public void Negative_numbers_are_refused()
    {
        Assert.Equal(double.NegativeInfinity, Regular.LogLikelihood(new(-1, true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Regular.Survival(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Regular.Survival(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Regular.RetentionRate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Regular.ProbabilityOfEnding(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Regular.DiscountedResidualLifetime(-1, .1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Regular.DiscountedResidualLifetime(0, -.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Regular.DiscountedResidualLifetime(0, double.NaN));
    }
}
