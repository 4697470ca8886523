using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Subscriptions;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Statistics.Tests.Subscriptions;

public sealed class ContractFitTests
{
    // Table 1 of Fader and Hardie 2007, of 1000 customers each, over the seven years that they fit.
    private static readonly double[] HighEnd = [1000, 869, 743, 653, 593, 551, 517, 491];
    private static readonly double[] Regular = [1000, 631, 468, 382, 326, 289, 262, 241];

    [Theory] // Fader and Hardie 2007; likelihoods from abdullahau/customer-analytics, which fits the same tables
    [InlineData(true, .668, 3.806, -1611.158)]
    [InlineData(false, .704, 1.182, -1680.2652)]
    public void Sbg_fits_the_published_parameters_and_likelihood(bool highEnd, double alpha, double beta, double logLikelihood)
    {
        var cohort = ContractHistories.OfCohorts(highEnd ? HighEnd : Regular);
        var (model, report) = ContractModels.Fit("sbg", cohort, FitOptions.MaximumLikelihood);
        Assert.Equal(alpha, model.Alpha, 5e-4);
        Assert.Equal(beta, model.Beta, highEnd ? 3e-3 : 5e-4);
        Assert.Equal(logLikelihood, report.LogLikelihood, 1e-3);
        Assert.Equal(1000, report.Customers);
        Assert.Equal(4 - (2 * report.LogLikelihood), report.Aic, 1e-9);
        Assert.All(report.StandardErrors, (error, i) => Assert.InRange(error / report.Parameters[i], .03, .3));
    }

    [Fact]
    public void Weibull_fits_the_published_parameters_and_projection() // retenmod's README on four years of the high end, in percent
    {
        double[] four = [100, 86.9, 74.3, 65.3, 59.3];
        var (model, report) = ContractModels.Fit("bdw", ContractHistories.OfCohorts(four), FitOptions.MaximumLikelihood);
        Assert.Equal(.25936, model.Alpha, 2e-4);
        Assert.Equal(1.7226, model.Beta, 2e-3);
        Assert.Equal(1.5843, model.C, 1e-3);
        Assert.Equal(-122.274931, report.LogLikelihood, 1e-5);
        Assert.Equal(.41823, model.Survival(10), 5e-5);
    }

    [Fact]
    public void Weibull_never_fits_worse_than_the_sbg_that_it_contains()
    {
        foreach (var cohort in new[] { HighEnd, Regular })
        {
            var contracts = ContractHistories.OfCohorts(cohort);
            var (_, sbg) = ContractModels.Fit("sbg", contracts, FitOptions.MaximumLikelihood);
            var (_, bdw) = ContractModels.Fit("bdw", contracts, FitOptions.MaximumLikelihood);
            Assert.True(bdw.LogLikelihood > sbg.LogLikelihood);
        }
    }

    [Theory]
    [InlineData("sbg", .9, 3, 1)]
    [InlineData("bdw", .9, 3, 1.4)]
    [InlineData("bdw", 1.5, 4, .7)]
    public void Parameters_of_simulated_contracts_are_recovered(string family, double alpha, double beta, double c)
    {
        var (_, report) = ContractModels.Fit(family, Simulated(alpha, beta, c, 40_000, 9), FitOptions.MaximumLikelihood);
        double[] truth = [alpha, beta, c];
        Assert.All(report.Parameters, (value, i) =>
        {
            Assert.True(Math.Abs(value - truth[i]) < 3.5 * report.StandardErrors[i], $"{report.Names[i]} is {value}");
            Assert.True(report.StandardErrors[i] < .25 * truth[i], $"{report.Names[i]} is told to {report.StandardErrors[i]}");
        });
        Assert.True(report.PossibleGain < 1e-8);
    }

    [Theory]
    [InlineData("sbg", .704, 1.182, 1)]
    [InlineData("sbg", 30, 200, 1)]
    [InlineData("bdw", .704, 1.182, 1)]
    [InlineData("bdw", .26, 1.72, 1.58)]
    [InlineData("bdw", 5, 20, .5)]
    public void Fast_likelihood_and_gradient_are_the_plain_likelihood_and_its_slope(string family, double alpha, double beta, double c)
    {
        double[] p = family == "sbg" ? [alpha, beta] : [alpha, beta, c];
        ContractHistory[] contracts =
            [new(0, true), new(1, false), new(1, true), new(7, false), new(24, true), new(400, true), new(400, false)];
        foreach (var contract in contracts)
        {
            var gradient = new double[p.Length];
            var columns = ContractHistories.Of([contract]).Columns;
            var value = ParametricFit.LogLikelihood(new ContractLogLikelihood(family == "bdw"), columns, p, gradient, 1);
            Assert.Equal(At(0, 0), value, 1e-12 * (1 + Math.Abs(value)));
            for (var i = 0; i < p.Length; i++)
            {
                var h = 1e-3 * p[i];
                var slope = ((8 * (At(i, h) - At(i, -h))) - At(i, 2 * h) + At(i, -2 * h)) / (12 * h);
                Assert.Equal(slope, gradient[i], 1e-7 * (1 + Math.Abs(slope)));
            }

            double At(int i, double step)
            {
                var q = p.Select((v, j) => j == i ? v + step : v).ToArray();
                return new BetaDiscreteWeibull(q[0], q[1], q.Length == 3 ? q[2] : 1).LogLikelihood(contract);
            }
        }
    }

    [Fact]
    public void A_table_of_a_cohort_is_as_good_as_its_contracts()
    {
        var contracts = HighEnd.Skip(1)
            .SelectMany((alive, t) => Enumerable.Repeat(new ContractHistory(t, true), (int)(HighEnd[t] - alive)))
            .Concat(Enumerable.Repeat(new ContractHistory(7, false), 491));
        Assert.Equal(ContractModels.Fit("sbg", ContractHistories.OfCohorts(HighEnd)).Model, ContractModels.Fit("sbg", contracts).Model);
    }

    [Fact]
    public void Cohorts_of_different_age_are_fitted_together()
    {
        var truth = new BetaDiscreteWeibull(.9, 3);
        double[] Cohort(int age) => [.. Enumerable.Range(0, age + 1).Select(t => 1e6 * truth.Survival(t))];
        var cohorts = ContractHistories.OfCohorts(Cohort(2), Cohort(5), Cohort(9));
        var (model, report) = ContractModels.Fit("sbg", cohorts, FitOptions.MaximumLikelihood);
        Assert.Equal(.9, model.Alpha, 1e-4);
        Assert.Equal(3, model.Beta, 1e-3);
        Assert.Equal(3e6, report.Customers, 1e-6);
    }

    [Fact]
    public void Contracts_without_a_decision_tell_nothing()
    {
        var with = ContractModels.Fit("sbg", Simulated(1, 3, 1, 500, 2).Concat(Enumerable.Repeat(default(ContractHistory), 100)));
        Assert.Equal(ContractModels.Fit("sbg", Simulated(1, 3, 1, 500, 2)).Model, with.Model);
        Assert.Equal(500, with.Report.Customers);
    }

    [Fact]
    public void A_constant_retention_runs_away_without_a_prior_and_not_with_it()
    {
        // Survival .8^t: a geometric, which the beta mixture has at infinity only.
        var cohort = ContractHistories.OfCohorts([.. Enumerable.Range(0, 8).Select(t => 1000 * Math.Pow(.8, t))]);
        Assert.Throws<FitException>(() => ContractModels.Fit("sbg", cohort, FitOptions.MaximumLikelihood));
        var (model, _) = ContractModels.Fit("sbg", cohort);
        Assert.Equal(.2, model.Alpha / (model.Alpha + model.Beta), .01);
    }

    [Fact]
    public void Nearly_none_and_nearly_all_renewed_are_fitted_with_the_prior()
    {
        Assert.InRange(ContractModels.Fit("sbg", ContractHistories.OfCohorts([1000, 999, 999, 999])).Model.RetentionRate(1), .998, 1);
        Assert.InRange(ContractModels.Fit("sbg", ContractHistories.OfCohorts([1000, 1, 0])).Model.RetentionRate(1), 0, .005);
    }

    [Fact]
    public void Poor_data_are_refused_with_the_reason()
    {
        foreach (var family in ContractModels.Families)
        {
            Refused("fewer than 30", () => ContractModels.Fit(family, Enumerable.Repeat(new ContractHistory(3, true), 29)));
            Refused("no contract has ended", () => ContractModels.Fit(family, ContractHistories.OfCohorts([100, 100, 100, 100])));
            Refused("no contract was renewed", () => ContractModels.Fit(family, ContractHistories.OfCohorts([100, 0])));
            Refused("decisions", () => ContractModels.Fit(family, ContractHistories.OfCohorts([100, 80])));
        }

        Refused("3 decisions", () => ContractModels.Fit("bdw", ContractHistories.OfCohorts([100, 80, 70])));
        Refused("come up for renewal", () => ContractHistories.Of([default]));
        Refused("contract 1 is impossible", () => ContractHistories.Of([default, new(-1, true)]));
        Refused("weight 0", () => ContractHistories.Of([new(1, true)], [double.NaN]));
        Refused("cohort 1 cannot have 90", () => ContractHistories.OfCohorts([100, 80], [100, 80, 90]));
        Refused("cohort 0 cannot have -1", () => ContractHistories.OfCohorts([100, -1]));
        Refused("cohort 0 cannot have", () => ContractHistories.OfCohorts([double.PositiveInfinity, 1]));
        Refused("cohort 0 has no contracts", () => ContractHistories.OfCohorts([0, 0]));
        Assert.Throws<ArgumentException>(() => ContractModels.Fit("weibull", ContractHistories.OfCohorts(Regular)));
    }

    [Fact]
    public void Parameters_by_name_make_the_same_model_and_bad_ones_are_named()
    {
        foreach (var model in new[] { new BetaDiscreteWeibull(.7, 1.2), new BetaDiscreteWeibull(.7, 1.2, 1.3) })
        {
            Assert.Equal(model, ContractModels.Create(model.Family, model.Parameters));
            var refused = Assert.Throws<ArgumentException>(() => ContractModels.Create(model.Family, model.Parameters.SetItem("beta", -1)));
            Assert.Contains("beta", refused.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => ContractModels.Create("bdw", new BetaDiscreteWeibull(.7, 1.2).Parameters));
    }

    private static void Refused(string reason, Action fit) =>
        Assert.Contains(reason, Assert.Throws<FitException>(fit).Message, StringComparison.Ordinal);

    // Each contract is watched for 3 to 15 decisions; who has θ renews t times with probability (1 - θ)^(t^c).
    private static ContractHistory[] Simulated(double alpha, double beta, double c, int contracts, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, contracts).Select(_ =>
            {
                var renewsOnce = Math.Log(1 - Beta.Sample(random, alpha, beta));
                var (luck, watched, renewals) = (Math.Log(random.NextDouble()), random.Next(3, 16), 0);
                while (renewals < watched && luck < Math.Pow(renewals + 1, c) * renewsOnce)
                {
                    renewals++;
                }

                return new ContractHistory(renewals, renewals < watched);
            }),
        ];
    }
}
