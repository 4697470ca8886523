using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;

namespace ClvOrleans.Statistics.Tests.Lifetime;

/// <summary>Fits of the CDNOW 1/10 sample on raw days to 1997-09-30: the yardstick of the field.</summary>
public sealed class CdnowTests
{
    [Fact]
    public void Sample_has_the_published_number_of_repeat_purchases() =>
        Assert.Equal(2_457, Cdnow.Histories.Sum(h => h.Repeats)); // Fader, Hardie and Lee 2005

    [Fact]
    public void Pareto_nbd_fits_the_published_parameters_likelihood_and_standard_errors()
    {
        var report = Fit("pareto-nbd");
        Assert.Equal(-9594.9762, report.LogLikelihood, 1e-4); // CLVTools, test_correctness_pnbd
        Same(report.Parameters, [.55315, 10.57633, .60625, 11.67150], 3e-4);
        Same(report.StandardErrors, [.0476264, .8427222, .1872594, 6.2105448], 2e-3);
    }

    [Fact]
    public void Bg_nbd_fits_the_published_parameters_likelihood_and_standard_errors()
    {
        var report = Fit("bg-nbd");
        Assert.Equal(-9582.4292, report.LogLikelihood, 1e-4); // CLVTools, test_correctness_bgnbd
        Same(report.Parameters, [.2425945, 4.4136019, .7929199, 2.4258881], 1e-5);
        Same(report.StandardErrors, [.012557, .378221, .185719, .705345], 1e-3); // lifetimes, docs/Quickstart.md
    }

    [Fact]
    public void Mbg_nbd_fits_the_published_parameters()
    {
        var report = Fit("mbg-nbd");
        Assert.Equal(-9582.136, report.LogLikelihood, 1e-3); // cross-check of this project: no likelihood is published
        Same(report.Parameters, [.525, 6.183, .891, 1.614], 1e-3); // lifetimes tests/test_estimation.py, from BTYDplus
    }

    [Fact]
    public void Customers_of_CDNOW_do_not_buy_at_a_regular_pace()
    {
        // Reutterer, Platzer and Schröder 2021: k = 1 on CDNOW; every k above is worse.
        Assert.True(Fit("mbg-cnbd-k").LogLikelihood < Fit("mbg-nbd").LogLikelihood);
        Assert.True(Fit("bg-cnbd-k").LogLikelihood < Fit("bg-nbd").LogLikelihood);
    }

    [Fact]
    public void Gamma_gamma_fits_the_published_parameters_and_likelihood()
    {
        var (model, report) = SpendModels.Fit(Cdnow.Spends, FitOptions.MaximumLikelihood);
        Assert.Equal(946, Cdnow.Spends.Count);
        Assert.Equal(-4055.9177, report.LogLikelihood, 1e-2); // Fader and Hardie 2013; CLVTools, test_correctness_gg
        Same([model.P, model.Q, model.V], [6.25, 3.74, 15.44], 2e-3);
    }

    [Fact]
    public void The_default_prior_moves_no_published_digit_of_the_likelihood()
    {
        foreach (var (family, likelihood) in new[] { ("pareto-nbd", -9594.9762), ("bg-nbd", -9582.4292) })
        {
            Assert.Equal(likelihood, LifetimeModels.Fit(family, Cdnow.Histories).Report.LogLikelihood, 1e-4);
        }
    }

    [Fact]
    public void Measuring_to_the_day_after_costs_seven_and_a_half_in_likelihood()
    {
        var likelihood = Cdnow.Histories.Sum(h =>
            new ParetoNbd(.55315, 10.57633, .60625, 11.67150).LogLikelihood(h with { Observed = h.Observed + (1 / 7.0) }));
        Assert.Equal(-9602.46, likelihood, 2e-2); // the gap that a replication could not explain
    }

    private static FitReport Fit(string family) => LifetimeModels.Fit(family, Cdnow.Histories, FitOptions.MaximumLikelihood).Report;

    private static void Same(IReadOnlyList<double> actual, double[] expected, double tolerance) =>
        Assert.All(expected, (value, i) => Assert.Equal(value, actual[i], tolerance * value));
}
