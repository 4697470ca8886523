using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Statistics.Tests.Fitting;

/// <summary>What the engine promises of every fit.</summary>
public sealed class FitTests
{
    private static readonly BetaGeometricNbd Bg = new(.5, 6, .8, 2.5);

    public static TheoryData<ILifetimeModel> Truths() =>
    [
        new ParetoNbd(.8, 8, .7, 15),
        Bg,
        new BetaGeometricNbd(.7, 6, .9, 2, 1, true),
        new BetaGeometricNbd(.85, 1.45, .79, 2.42, 3), // the recovery test of BTYDplus
        new BetaGeometricNbd(.85, 1.45, .79, 2.42, 3, true),
    ];

    [Theory]
    [MemberData(nameof(Truths), DisableDiscoveryEnumeration = true)]
    public void Parameters_of_a_simulated_shop_are_recovered(ILifetimeModel truth)
    {
        var (model, report) = LifetimeModels.Fit(truth.Family, SimulatedCustomers.Of(truth, 20_000, 11), FitOptions.MaximumLikelihood);
        for (var i = 0; i < report.Names.Length; i++)
        {
            var error = Math.Abs(report.Parameters[i] - truth.Parameters[report.Names[i]]);
            Assert.True(error < 3.5 * report.StandardErrors[i], $"{report.Names[i]} is {report.Parameters[i]}, off by {error}");
            Assert.True(report.StandardErrors[i] < .25 * report.Parameters[i], $"{report.Names[i]} is told to {report.StandardErrors[i]}");
        }

        Assert.Equal(truth.Parameters.GetValueOrDefault("k"), model.Parameters.GetValueOrDefault("k"));
        Assert.True(report.PossibleGain < 1e-8);
    }

    [Fact]
    public void Parameters_of_simulated_spend_are_recovered()
    {
        var random = new Random(5);
        var spends = Enumerable.Range(0, 20_000).Select(i =>
        {
            var (count, rate) = ((i % 6) + 1, Gamma.Sample(random, 3.74, 15.44));
            return (Gamma.Sample(random, 6.25 * count, rate) / count, count);
        }).ToArray();
        var (_, report) = SpendModels.Fit(spends, FitOptions.MaximumLikelihood);
        double[] truth = [6.25, 3.74, 15.44];
        Assert.All(truth, (value, i) => Assert.True(Math.Abs(report.Parameters[i] - value) < 3.5 * report.StandardErrors[i]));
    }

    [Fact]
    public void Threads_and_the_order_of_customers_do_not_change_a_bit()
    {
        var histories = SimulatedCustomers.Of(Bg, 60_000, 3);
        var one = LifetimeModels.Fit("bg-nbd", histories, new FitOptions { Threads = 1 });
        var three = LifetimeModels.Fit("bg-nbd", histories.Reverse(), new FitOptions { Threads = 3 });
        Assert.Equal(one.Model, three.Model);
        Assert.Equal(one.Report.LogLikelihood, three.Report.LogLikelihood);
        Assert.Equal(one.Report.Covariance, three.Report.Covariance);
    }

    [Fact]
    public void A_fit_that_starts_on_a_sample_ends_where_the_whole_has_its_top()
    {
        var histories = SimulatedCustomers.Of(Bg, 60_000, 4);
        var (model, report) = LifetimeModels.Fit("bg-nbd", histories);
        Assert.Equal(histories.Sum(model.LogLikelihood), report.LogLikelihood, 1e-9 * Math.Abs(report.LogLikelihood));
        Assert.True(report.GradientNorm < .01 && report.PossibleGain < 1e-8);
    }

    [Fact]
    public void A_weight_is_as_good_as_that_many_customers()
    {
        var histories = SimulatedCustomers.Of(Bg, 3_000, 6);
        var repeated = LifetimeModels.Fit("bg-nbd", histories.Concat(histories).Concat(histories));
        var weighted = LifetimeModels.Fit("bg-nbd", PurchaseHistories.Of(histories, [.. histories.Select(_ => 3.0)]));
        Assert.Equal(repeated.Model, weighted.Model);
        Assert.Equal(9_000, weighted.Report.Customers);
    }

    [Fact]
    public void Equal_histories_are_kept_once() =>
        Assert.Equal(2, PurchaseHistories.Of([new(1, 2, 3), new(0, 0, 3), new(1, 2, 3), new(1, 2, 3)]).Distinct);

    [Fact]
    public void Forty_customers_of_one_rate_run_away_without_a_prior_and_not_with_it()
    {
        // Less varied than Poisson: without a prior the gamma mixture wants to be a point.
        var histories = Enumerable.Range(0, 40).Select(i => new PurchaseHistory(4, 38 + (i / 40.0), 40)).ToArray();
        Assert.Throws<FitException>(() => LifetimeModels.Fit("bg-nbd", histories, FitOptions.MaximumLikelihood));
        var (model, _) = LifetimeModels.Fit("bg-nbd", histories);
        Assert.Equal(.1, model.Parameters["r"] / model.Parameters["alpha"], .01);
    }

    [Fact]
    public void A_stronger_prior_holds_the_estimate_nearer_to_the_published_shop()
    {
        var histories = SimulatedCustomers.Of(new BetaGeometricNbd(2, 6, .8, 2.5), 200, 8);
        Assert.True(Distance(0) > Distance(10) && Distance(10) > Distance(1000));

        double Distance(double strength)
        {
            var model = LifetimeModels.Fit("bg-nbd", histories, new FitOptions { PriorStrength = strength }).Model;
            return Math.Abs(Math.Log(model.Parameters["r"] / .2425945));
        }
    }

    [Fact]
    public void Too_few_customers_are_refused() => Refused("fewer than 30", Enumerable.Repeat(new PurchaseHistory(1, 2, 3), 29));

    [Fact]
    public void Customers_without_repeat_purchases_are_refused() =>
        Refused("bought twice", Enumerable.Repeat(new PurchaseHistory(0, 0, 3), 50));

    [Fact]
    public void An_impossible_history_is_refused_by_its_number() =>
        Refused("history 50", Enumerable.Repeat(new PurchaseHistory(1, 2, 3), 50).Append(new PurchaseHistory(1, 4, 3)));

    [Fact]
    public void Criteria_count_parameters_and_customers()
    {
        var report = LifetimeModels.Fit("mbg-cnbd-k", SimulatedCustomers.Of(Bg, 500, 9)).Report;
        Assert.Equal(10 - (2 * report.LogLikelihood), report.Aic, 1e-9); // r, α, a, b and the chosen k
        Assert.Equal((5 * Math.Log(500)) - (2 * report.LogLikelihood), report.Bic, 1e-9);
    }

    private static void Refused(string reason, IEnumerable<PurchaseHistory> histories)
    {
        foreach (var family in LifetimeModels.Families)
        {
            Assert.Contains(
                reason, Assert.Throws<FitException>(() => LifetimeModels.Fit(family, histories)).Message, StringComparison.Ordinal);
        }
    }
}
