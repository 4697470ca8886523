using System.Collections.Immutable;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Valuation.Estimates;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Valuation.Tests.Estimates;

/// <summary>The fast forecast against the plain formulas, and its intervals against what happens.</summary>
public sealed class ValueForecasterTests
{
    private const double Rate = .1 * 7 / 365;
    private static readonly GammaGamma Spend = new(6.25, 3.74, 15.44);
    private static readonly double[] Probabilities = [.025, .1, .25, .5, .75, .9, .975];

    private static readonly PurchaseHistory[] Histories =
    [
        new(0, 0, 0), new(0, 0, 38.86), new(1, 1.71, 38.86), new(2, 30.43, 38.86), new(7, 29.43, 38.86), new(26, 30.857, 31),
        new(120, 200, 200), new(40, 10, 100), new(300, 51, 52),
        new(900, 103, 104),
    ];

    public static TheoryData<ILifetimeModel> Models() =>
    [
        new ParetoNbd(.55315, 10.57633, .60625, 11.6715),
        new ParetoNbd(.8, 5, 2.5, 60),
        new BetaGeometricNbd(.2425945, 4.4136019, .7929199, 2.4258881),
        new BetaGeometricNbd(.525, 6.183, .891, 1.614, 1, true),
        new BetaGeometricNbd(.85, 1.45, .79, 2.42, 3, true),
    ];

    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public void Expectations_are_those_of_the_model(ILifetimeModel model)
    {
        foreach (var horizon in new[] { 4.0, 52, 156 })
        {
            var forecaster = new ValueForecaster(model, Spend, horizon, Rate);
            foreach (var h in Histories)
            {
                var forecast = forecaster.Forecast(h, (int)h.Repeats, 30, [], []);
                Same(model.ProbabilityAlive(h), forecast.ProbabilityAlive, 1e-8);
                Same(model.ExpectedPurchases(h, horizon), forecast.ExpectedOrders, 2e-6);
                Same(model.DiscountedPurchases(h, horizon, Rate), forecast.DiscountedOrders, model is BetaGeometricNbd { K: > 1 }
                    ? 3e-4
                    : 2e-5);
                Same(model.PurchaseProbabilities(h, horizon, 1)[0], forecast.ProbabilityOfNoOrder, 1e-6);
                Same(model.ExpectedPurchases(h, horizon), ConditionalExpectations.Of(model, horizon, Rate).Orders(h), 1e-5);
                Same(Spend.ExpectedSpend(h.Repeats, 30), forecast.SpendPerOrder, 1e-12);
            }
        }

        static void Same(double expected, double actual, double tolerance) => Assert.Equal(expected, actual, (tolerance * expected) + 1e-9);
    }

    [Theory]
    [InlineData(6.25, 3.74)]
    [InlineData(2.1, 2.4)]
    [InlineData(1.05, 4)]
    [InlineData(.4, 3)]
    [InlineData(60, 12)]
    public void Quantiles_are_exact_to_three_thousandths_of_probability(double p, double q)
    {
        var spend = new GammaGamma(p, q, 15.44);
        var worst = 0.0;
        foreach (var model in Models().Select(m => m.Data))
        {
            var forecaster = new ValueForecaster(model, spend, 52, 0);
            foreach (var h in Histories)
            {
                var quantiles = new double[Probabilities.Length];
                forecaster.Forecast(h, (int)h.Repeats, 30, Probabilities, quantiles);
                var counts = model.PurchaseProbabilities(h, 52, 4000);
                for (var i = 0; i < quantiles.Length; i++)
                {
                    var exact = counts.Select((c, n) => c * spend.ProbabilityOfSpendUpTo(quantiles[i], n, h.Repeats, 30)).Sum();
                    worst = quantiles[i] == 0
                        ? Math.Max(worst, Probabilities[i] - counts[0])
                        : Math.Max(worst, Math.Abs(exact - Probabilities[i]));
                }
            }
        }

        Assert.True(worst < .003, $"off by {worst}");
    }

    /// <summary>
    /// The customer of <c>interval-beyond-8192-orders</c>: of 400,000 simulated ones 10 % bought less than 2,709 times and 10 % more than
    /// 8,667 times, which is 35,000 and 112,000 of discounted spend; its spend is known to within a hundredth by then.
    /// </summary>
    [Fact]
    public void Intervals_of_customers_of_many_thousands_of_purchases_are_as_wide_as_those_of_fewer()
    {
        var forecaster = new ValueForecaster(new BetaGeometricNbd(.10, 50.16, .40, .81), Spend, 521, Rate);
        var quantiles = new double[2];
        var forecast = forecaster.Forecast(new PurchaseHistory(9_000, 500, 500), 9_000, 20, [.1, .9], quantiles);
        Assert.Equal(95_282, forecast.Value, 1.0);
        Assert.InRange(quantiles[0], 34_000, 36_000);
        Assert.InRange(quantiles[1], 110_000, 114_000);

        // Nothing jumps where more room is made, at 512, 8,192 and 131,072 purchases within the horizon.
        foreach (var (fewer, more) in ((double, double)[])[(480, 560), (7_700, 8_700), (120_000, 140_000)])
        {
            Assert.Equal(Upper(fewer), Upper(more), .01);
        }

        double Upper(double repeats)
        {
            var value = forecaster.Forecast(new PurchaseHistory(repeats, 500, 500), (int)repeats, 20, [.1, .9], quantiles).Value;
            return quantiles[1] / value;
        }
    }

    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public void The_variance_is_that_of_the_purchases_and_their_spend(ILifetimeModel model)
    {
        var forecaster = new ValueForecaster(model, Spend, 52, 0);
        foreach (var h in Histories.Where(h => h.Repeats is > 0 and < 100))
        {
            // Var[S] = E[Var[S | n]] + Var[E[S | n]], where n purchases vary as one another and as a rate of spend that is not known.
            var counts = model.PurchaseProbabilities(h, 52, 4_000);
            var once = Spend.ExpectedSpend(h.Repeats, 30);
            var (mean, square) = (counts.Select((c, n) => n * c).Sum(), counts.Select((c, n) => (double)n * n * c).Sum());
            var b = (Spend.P * h.Repeats) + Spend.Q;
            var ofRate = 1 / (b - 2);
            var ofOne = (1 + ofRate) / Spend.P;
            var expected = once * once * ((square * (1 + ofRate)) + (mean * ofOne) - (mean * mean));
            Assert.Equal(expected, forecaster.Forecast(h, (int)h.Repeats, 30, [], []).Variance, (1e-3 * expected) + 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Models), DisableDiscoveryEnumeration = true)]
    public void Intervals_cover_what_simulated_customers_spend(ILifetimeModel model)
    {
        var forecaster = new ValueForecaster(model, Spend, 52, 0);
        var random = new Random(17);
        var (within, customers) = (new double[3], 4_000);
        for (var c = 0; c < customers; c++)
        {
            var rate = Gamma.Sample(random, Spend.Q, Spend.V);
            var times = SimulatedCustomers.Purchases(model, random, 40 + 52);
            var (seen, ahead) = (times.Count(t => t <= 40), times.Count(t => t > 40));
            var mean = seen == 0 ? 0 : Gamma.Sample(random, Spend.P * seen, rate) / seen;
            var spent = ahead == 0 ? 0 : Gamma.Sample(random, Spend.P * ahead, rate);
            var gaps = times.Take(seen).Select((t, i) => Math.Log(t - (i == 0 ? 0 : times[i - 1]))).Sum();
            var history = new PurchaseHistory(seen, seen == 0 ? 0 : times[seen - 1], 40, gaps);
            // One-sided, since most of the mass lies at zero: a quantile is reached with its probability wherever it is above zero.
            var quantiles = new double[3];
            var forecast = forecaster.Forecast(history, seen, mean, [.5, .8, .95], quantiles);
            for (var i = 0; i < 3; i++)
            {
                var level = new[] { .5, .8, .95 }[i];
                within[i] += (spent <= quantiles[i] ? 1 : 0) - Math.Max(level, forecast.ProbabilityOfNoOrder);
            }
        }

        // Three standard errors of a proportion.
        Assert.All(within, excess => Assert.True(Math.Abs(excess / customers) < 3 * .5 / Math.Sqrt(customers), $"{excess / customers}"));
    }

    [Fact]
    public void Uncertain_parameters_widen_an_interval_and_leave_the_expectation()
    {
        var truth = new BetaGeometricNbd(.5, 6, .8, 2.5);
        var fit = LifetimeModels.Fit("bg-nbd", SimulatedCustomers.Of(truth, 1_000, 2));
        var h = new PurchaseHistory(10, 51, 52);
        var (sure, unsure) = (new double[2], new double[2]);
        var without = new ValueForecaster(fit.Model, Spend, 52, Rate).Forecast(h, 10, 40, [.3, .95], sure);
        var spendCovariance = ImmutableArray.Create(.02, 0, 0, 0, .02, 0, 0, 0, .02);
        var with = new ValueForecaster(fit.Model, Spend, 52, Rate, fit.Report.Names, fit.Report.Covariance, spendCovariance)
            .Forecast(h, 10, 40, [.3, .95], unsure);
        Assert.Equal(without.Value, with.Value, 1e-4 * without.Value);
        Assert.True(unsure[0] < sure[0] && unsure[1] > sure[1], $"{sure[0]}, {sure[1]} become {unsure[0]}, {unsure[1]}");
    }

    [Fact]
    public void The_widening_is_that_of_parameters_drawn_from_their_covariance()
    {
        // The variance of ln E over draws of the parameters is what the steps along the axes give to first order.
        var fit = LifetimeModels.Fit("pareto-nbd", SimulatedCustomers.Of(new ParetoNbd(.8, 8, .7, 15), 10_000, 3));
        var outlooks = ConditionalExpectations.Of(fit.Model, 52, 0);
        var steps = ParameterSteps.Of(
            fit.Model, fit.Report.Names, fit.Report.Covariance, outlooks, m => ConditionalExpectations.Of(m, 52, 0));
        var lower = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(4, 4, fit.Report.Covariance).Cholesky().Factor;
        var random = new Random(7);
        foreach (var h in new PurchaseHistory[] { new(2, 20, 26), new(9, 50, 52) })
        {
            var logs = Enumerable.Range(0, 4_000).Select(_ =>
            {
                var z = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(4, _ => Normal.Sample(random, 0, 1));
                var p = fit.Report.Parameters.Zip(lower * z, (value, d) => value * Math.Exp(d)).ToArray();
                return Math.Log(new ParetoNbd(p[0], p[1], p[2], p[3]).ExpectedPurchases(h, 52));
            }).ToArray();
            var variance = MathNet.Numerics.Statistics.Statistics.Variance(logs);
            Assert.Equal(variance, steps!.Variance(h, outlooks.Orders(h)), .25 * variance);
        }
    }

    [Fact]
    public void A_forecast_allocates_nothing()
    {
        var fit = LifetimeModels.Fit("pareto-nbd", SimulatedCustomers.Of(new ParetoNbd(.8, 8, .7, 15), 1_000, 3));
        var forecaster = new ValueForecaster(fit.Model, Spend, 52, Rate, fit.Report.Names, fit.Report.Covariance);
        var quantiles = new double[Probabilities.Length];
        Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Ask()
        {
            for (var i = 0; i < 200; i++)
            {
                forecaster.Forecast(new PurchaseHistory(i % 20, i % 20, 30), i % 20, 30, Probabilities, quantiles);
            }
        }
    }

    [Fact]
    public void Without_a_spend_model_every_purchase_is_worth_the_mean()
    {
        var model = new ParetoNbd(.55315, 10.57633, .60625, 11.6715);
        var quantiles = new double[1];
        var forecast = new ValueForecaster(model, null, 52, 0).Forecast(new PurchaseHistory(7, 29.43, 38.86), 7, 20, [.9], quantiles);
        Assert.Equal(20 * forecast.ExpectedOrders, forecast.Value, 1e-9);
        Assert.Equal(Math.Round(quantiles[0] / 20), quantiles[0] / 20, 1e-5);
    }
}
