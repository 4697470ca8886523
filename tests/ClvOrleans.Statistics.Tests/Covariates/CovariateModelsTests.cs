using ClvOrleans.Statistics.Covariates;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests.Covariates;

public sealed class CovariateModelsTests
{
    private static readonly string[] Names = ["channel", "age"];

    public static TheoryData<ILifetimeModel> Baselines() =>
        [new ParetoNbd(.8, 8, .9, 15), new BetaGeometricNbd(.8, 6, .8, 2.5), new BetaGeometricNbd(.8, 6, .9, 2, 1, true)];

    [Theory]
    [MemberData(nameof(Baselines), DisableDiscoveryEnumeration = true)]
    public void Simulated_effects_are_recovered(ILifetimeModel baseline)
    {
        var truth = new CovariateModel(baseline, [.. Names], [.6, -.2], [-.4, .3]);
        var (histories, covariates) = Simulate(truth, 12_000);
        var fit = CovariateModels.Fit(baseline.Family, histories, covariates, Names, FitOptions.MaximumLikelihood);
        double[] effects = [.6, -.2, -.4, .3];
        for (var i = 0; i < 4; i++)
        {
            var error = Math.Abs(fit.Report.Parameters[4 + i] - effects[i]);
            Assert.True(error < 3.5 * fit.Report.StandardErrors[4 + i], $"{fit.Report.Names[4 + i]} is off by {error}");
            Assert.True(fit.Report.StandardErrors[4 + i] < .2);
        }

        // 2 Δ ln L is far beyond the χ² of four effects that are none.
        var plain = LifetimeModels.Fit(baseline.Family, histories, FitOptions.MaximumLikelihood);
        Assert.True(fit.Report.LogLikelihood - plain.Report.LogLikelihood > 20);
        var likelihood = histories.Zip(covariates, (h, z) => fit.Model.Of(z).LogLikelihood(h)).Sum();
        Assert.Equal(likelihood, fit.Report.LogLikelihood, 1e-9 * Math.Abs(likelihood));
    }

    [Theory]
    [MemberData(nameof(Baselines), DisableDiscoveryEnumeration = true)]
    public void Effects_of_zero_are_the_plain_model_to_the_bit(ILifetimeModel baseline) =>
        Assert.Equal(baseline, new CovariateModel(baseline, [.. Names], [0, 0], [0, 0]).Of([1, -3.7]));

    [Fact]
    public void Gradient_by_effects_is_the_slope_of_the_likelihood()
    {
        var design = new Design(4, [[1, -2], [0, .5]], [(1, 0, -1), (1, 1, -1), (2, 0, 1), (2, 1, 1)], [.. Names, .. Names]);
        var histories = SimulatedCustomers.Of(new BetaGeometricNbd(.8, 6, .8, 2.5), 60, 2);
        var columns = PurchaseHistories.Of(histories, null, [.. histories.Select((_, i) => i % 2)]).Columns;
        var likelihood = new ColumnLikelihood(new BetaGeometricLogLikelihood(1, false), columns, 1);
        double[] at = [-.2, 1.8, -.3, .9, .3, -.1, .2, .4];
        var (gradient, other) = (new double[8], new double[8]);
        At(0, 0, gradient);
        for (var i = 0; i < at.Length; i++)
        {
            Assert.Equal((At(i, 1e-5, other) - At(i, -1e-5, other)) / 2e-5, gradient[i], 1e-5 * (1 + Math.Abs(gradient[i])));
        }

        double At(int i, double step, double[] slopes)
        {
            var (local, byLocal) = (new double[8], new double[8]);
            design.Expand([.. at.Select((v, j) => j == i ? v + step : v)], local);
            var value = likelihood.Evaluate(local, byLocal);
            design.Contract(local, byLocal, slopes);
            return value;
        }
    }

    [Fact]
    public void Covariates_that_say_nothing_have_effects_of_nothing()
    {
        var histories = SimulatedCustomers.Of(new BetaGeometricNbd(.8, 6, .8, 2.5), 8_000, 2);
        var noise = histories.Select((_, i) => (IReadOnlyList<double>)[i % 2]).ToArray();
        var report = CovariateModels.Fit("bg-nbd", histories, noise, ["coin"], FitOptions.MaximumLikelihood).Report;
        Assert.True(
            Math.Abs(report.Parameters[4]) < 3 * report.StandardErrors[4] && Math.Abs(report.Parameters[5]) < 3 * report.StandardErrors[5]);
    }

    [Fact]
    public void A_covariate_that_does_not_vary_is_refused_by_name()
    {
        var (histories, covariates) = Simulate(new CovariateModel(new ParetoNbd(.8, 8, .9, 15), [.. Names], [0, 0], [0, 0]), 100);
        var constant = covariates.Select(z => (IReadOnlyList<double>)[z[0], 4]).ToArray();
        var refusal = Assert.Throws<FitException>(() => CovariateModels.Fit("pareto-nbd", histories, constant, Names));
        Assert.Contains("age", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Baselines), DisableDiscoveryEnumeration = true)]
    public void The_covariance_of_a_customer_is_that_of_the_baseline_in_a_fit_where_this_customer_is_the_zero(ILifetimeModel baseline)
    {
        double[] customer = [1, -2];
        var (histories, covariates) = Simulate(new CovariateModel(baseline, [.. Names], [.6, -.2], [-.4, .3]), 3_000);
        var moved = covariates.Select(z => (IReadOnlyList<double>)[z[0] - customer[0], z[1] - customer[1]]).ToArray();
        var fit = CovariateModels.Fit(baseline.Family, histories, covariates, Names, FitOptions.MaximumLikelihood);
        var there = CovariateModels.Fit(baseline.Family, histories, moved, Names, FitOptions.MaximumLikelihood);

        var (expected, found) = (there.Report.Baseline.Covariance, fit.CovarianceOf(customer));
        Assert.Equal(16, found.Length);
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-3 * Math.Sqrt(expected[i / 4 * 5] * expected[i % 4 * 5]));
        }

        Assert.Throws<ArgumentException>(() => fit.CovarianceOf([1]));
    }

    private static (PurchaseHistory[] Histories, IReadOnlyList<double>[] Covariates) Simulate(CovariateModel truth, int customers)
    {
        var random = new Random(21);
        IReadOnlyList<double>[] covariates = [.. Enumerable.Range(0, customers).Select(i => (double[])[i % 2, (i % 7) - 3])];
        return ([.. covariates.Select(z => SimulatedCustomers.One(truth.Of(z), random, 30 + (70 * random.NextDouble())))], covariates);
    }
}
