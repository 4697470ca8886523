using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests.Lifetime;

public sealed class GompertzNbdTests
{
    private static readonly PurchaseHistory[] Histories =
    [
        new(0, 0, 38.86), new(0, 0, .5), new(1, 1.71, 38.86), new(1, 38, 38), new(2, 30.43, 38.86), new(7, 29.43, 38.86),
        new(26, 30.857, 31), new(40, 10, 200), new(3, 2, 400),
    ];

    public static TheoryData<double[]> Models() => new(
        [.55, 10.6, .6, .12, .01], [2, 5, 1.5, 3, .2], [.8, 8, .4, .05, .002], [1, 20, 3, 40, .05], [.5, 3, .9, .8, .6]);

    [Fact] // Bemmaor and Glady 2012, table 2: -9,594.98; its b of .0002 has one digit, so the likeliest that rounds to it is taken
    public void Likelihood_of_CDNOW_at_the_published_parameters_is_the_published_one() => Assert.Equal(
        -9594.98,
        Enumerable.Range(0, 51).Max(i => Cdnow.Histories.Sum(new GompertzNbd(.553, 10.578, .603, .0026, .0002 + (i * 1e-6)).LogLikelihood)),
        .01);

    [Theory] // CLVTools, test_correctness_ggomnbd.R: -9,594.9762, that of Pareto/NBD
    [InlineData(1, .1)]
    [InlineData(.01, .008)]
    public void Fit_of_CDNOW_reaches_the_published_likelihood_of_hazards_that_hardly_grow(double prior, double tolerance)
    {
        var fit = LifetimeModels.Fit("ggom-nbd", Cdnow.Histories, new FitOptions { PriorStrength = prior });
        Assert.InRange(fit.Report.LogLikelihood, -9594.9762 - tolerance, -9594.976);
        Assert.InRange(fit.Model.Parameters["r"], .550, .556);
        Assert.True(fit.Model.Parameters["b"] < .01);
    }

    [Fact]
    public void Without_a_prior_a_hazard_that_does_not_grow_is_refused() => Assert.Contains(
        "no optimum at finite parameters",
        Assert.Throws<FitException>(() => LifetimeModels.Fit("ggom-nbd", Cdnow.Histories, FitOptions.MaximumLikelihood)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_hazard_that_does_not_grow_is_that_of_Pareto()
    {
        var (pareto, still) = (new ParetoNbd(.55, 10.6, .6, 11.7), new GompertzNbd(.55, 10.6, .6, 11.7e-9, 1e-9));
        foreach (var h in Histories)
        {
            Assert.Equal(pareto.LogLikelihood(h), still.LogLikelihood(h), 1e-6);
            Assert.Equal(pareto.ProbabilityAlive(h), still.ProbabilityAlive(h), 1e-6);
            Assert.Equal(pareto.ExpectedPurchases(h, 52), still.ExpectedPurchases(h, 52), 1e-5);
            Assert.Equal(pareto.DiscountedPurchases(h, 300, .002), still.DiscountedPurchases(h, 300, .002), 1e-5);
            Assert.Equal(pareto.PurchaseProbabilities(h, 26, 60), still.PurchaseProbabilities(h, 26, 60), (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Likelihood_and_expectations_are_those_of_mixed_rates(double[] p)
    {
        var model = Create(p);
        foreach (var h in Histories)
        {
            var (likelihood, alive, expected) = Mixed(p, h, 30);
            Assert.Equal(Math.Log(likelihood), model.LogLikelihood(h), 1e-8);
            Assert.Equal(alive, model.ProbabilityAlive(h), 1e-8);
            Assert.Equal(expected, model.ExpectedPurchases(h, 30), 1e-7 * (1 + expected));
            var counts = model.PurchaseProbabilities(h, 30, 4_000);
            Assert.Equal(1, counts.Sum(), 1e-7);
            Assert.Equal(expected, counts.Select((c, n) => n * c).Sum(), 1e-5 * (1 + expected));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradient_is_the_slope_of_the_likelihood(double[] p)
    {
        foreach (var history in Histories)
        {
            var gradient = new double[5];
            var columns = PurchaseHistories.Of([history]).Columns;
            var value = ParametricFit.LogLikelihood(new GompertzLogLikelihood(), columns, p, gradient, 1);
            Assert.Equal(Create(p).LogLikelihood(history), value, 1e-10);
            for (var i = 0; i < p.Length; i++)
            {
                var h = 1e-4 * p[i];
                Assert.Equal((At(i, h) - At(i, -h)) / (2 * h), gradient[i], 1e-5 * (1 + Math.Abs(gradient[i])));
            }

            double At(int i, double step) => Create([.. p.Select((v, j) => j == i ? v + step : v)]).LogLikelihood(history);
        }
    }

    [Fact]
    public void A_growing_hazard_is_found_and_is_likelier_than_a_constant_one()
    {
        double[] truth = [1.2, 6, 2, 40, .06];
        var random = new Random(11);
        var customers = Enumerable.Range(0, 6_000).Select(_ => Simulated(truth, 40 + (60 * random.NextDouble()), random)).ToArray();
        var fit = LifetimeModels.Fit("ggom-nbd", customers);
        Assert.True(fit.Report.LogLikelihood > LifetimeModels.Fit("pareto-nbd", customers).Report.LogLikelihood + 10);
        Assert.Equal(.06, fit.Model.Parameters["b"], 3 * fit.Report.StandardErrors[4]);
        Assert.InRange(fit.Report.StandardErrors[4], 0, .03);
    }

    [Fact]
    public void Long_silence_and_fast_growth_neither_overflow_nor_lose_the_customer_who_just_bought()
    {
        var model = new GompertzNbd(1, 2, .5, .3, 3);
        Assert.Equal(0, model.ProbabilityAlive(new PurchaseHistory(5, 10, 900)), 1e-9);
        Assert.InRange(model.ProbabilityAlive(new PurchaseHistory(5, 900, 900)), .99, 1);
        Assert.True(double.IsFinite(model.ExpectedPurchases(new PurchaseHistory(5, 900, 900), 52)));
    }

    private static GompertzNbd Create(double[] p) => new(p[0], p[1], p[2], p[3], p[4]);

    // From the story alone: means over gamma rates by the trapezoidal rule in their logarithms, over times by Gauss-Legendre.
    private static (double Likelihood, double Alive, double Expected) Mixed(double[] p, PurchaseHistory h, double horizon)
    {
        var (r, alpha, s, beta, b) = (p[0], p[1], p[2], p[3], p[4]);
        var x = h.Repeats;
        var alive = Mixtures.MeanOver(r, alpha, l => Math.Pow(l, x) * Math.Exp(-l * h.Observed)) * Stays(h.Observed);
        var dead = Mixtures.Integral(
            h.LastPurchase, h.Observed, t => Mixtures.MeanOver(r, alpha, l => Math.Pow(l, x) * Math.Exp(-l * t)) * Leaves(t));
        var ahead = Mixtures.MeanOver(r, alpha, l => Math.Pow(l, x + 1) * Math.Exp(-l * h.Observed))
            * Mixtures.Integral(h.Observed, h.Observed + horizon, Stays);
        return (alive + dead, alive / (alive + dead), ahead / (alive + dead));

        double Stays(double t) => Mixtures.MeanOver(s, beta, eta => Math.Exp(-eta * (Math.Exp(b * t) - 1)));

        double Leaves(double t) => Mixtures.MeanOver(s, beta, eta => eta * b * Math.Exp((b * t) - (eta * (Math.Exp(b * t) - 1))));
    }

    private static PurchaseHistory Simulated(double[] p, double observed, Random random)
    {
        var rate = MathNet.Numerics.Distributions.Gamma.Sample(random, p[0], p[1]);
        var frailty = MathNet.Numerics.Distributions.Gamma.Sample(random, p[2], p[3]);
        var lifetime = Math.Log(1 - (Math.Log(1 - random.NextDouble()) / frailty)) / p[4];
        var (count, last) = (0, 0.0);
        for (var t = Gap(); t < Math.Min(lifetime, observed); t += Gap())
        {
            (count, last) = (count + 1, t);
        }

        return new PurchaseHistory(count, last, observed);

        double Gap() => -Math.Log(1 - random.NextDouble()) / rate;
    }
}
