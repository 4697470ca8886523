using System.Collections.Immutable;
using ClvOrleans.Statistics.Covariates;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Statistics.Tests.Covariates;

public sealed class DynamicCovariateModelsTests
{
    private static readonly ParetoNbd Baseline = new(.8, 8, .9, 15);
    private static readonly DynamicCovariateModel Model = new(Baseline, ["season", "mail"], [.9, -.4], [-.5, .3]);

    private static readonly DynamicHistory[] Histories =
    [
        new([], 38.86, Steps(0, 4)), new([], .5, Steps(-3, 2)), new([1.71], 38.86, Steps(-1, 1)), new([2, 9.5, 30.43], 38.86, Steps(0, 7)),
        new([.14, .28, .42, 5, 11, 12, 29.43], 38.86, Steps(-.5, 13)), new([3, 38.86], 38.86, Steps(0, 60)),
    ];

    [Fact]
    public void Effects_of_zero_are_the_static_model_to_the_bit()
    {
        var none = Model with { OnPurchases = [0, 0], OnDropout = [0, 0] };
        foreach (var h in Histories)
        {
            Assert.Equal(Baseline.LogLikelihood(h.Static), none.LogLikelihood(h));
            Assert.Equal(Baseline.ProbabilityAlive(h.Static), none.ProbabilityAlive(h));
            Assert.Equal(Baseline.ExpectedPurchases(h.Static, 26), none.ExpectedPurchases(h, 26));
            Assert.Equal(
                Baseline.DiscountedPurchases(h.Static, double.PositiveInfinity, .002),
                none.DiscountedPurchases(h, double.PositiveInfinity, .002));
        }
    }

    [Fact]
    public void Effects_near_zero_are_near_the_static_model()
    {
        // The path through the steps, not the shortcut.
        var tiny = Model with { OnPurchases = [1e-13, 0], OnDropout = [0, 1e-13] };
        foreach (var h in Histories)
        {
            Assert.Equal(Baseline.LogLikelihood(h.Static), tiny.LogLikelihood(h), 1e-9);
            Assert.Equal(Baseline.ProbabilityAlive(h.Static), tiny.ProbabilityAlive(h), 1e-9);
            Assert.Equal(Baseline.ExpectedPurchases(h.Static, 26), tiny.ExpectedPurchases(h, 26), 1e-9);
            Assert.Equal(
                Baseline.DiscountedPurchases(h.Static, double.PositiveInfinity, .002),
                tiny.DiscountedPurchases(h, double.PositiveInfinity, .002), 1e-6);
        }
    }

    [Fact]
    public void Covariates_that_never_change_are_those_of_the_static_covariate_model()
    {
        var fixedOnes = new CovariateModel(Baseline, Model.Names, Model.OnPurchases, Model.OnDropout).Of([1, .5]);
        foreach (var h in Histories)
        {
            var still = h with { Steps = [.. h.Steps.Select(s => s with { Values = [1, .5] })] };
            Assert.Equal(fixedOnes.LogLikelihood(h.Static), Model.LogLikelihood(still), 1e-9);
            Assert.Equal(fixedOnes.ProbabilityAlive(h.Static), Model.ProbabilityAlive(still), 1e-9);
            Assert.Equal(fixedOnes.ExpectedPurchases(h.Static, 26), Model.ExpectedPurchases(still, 26), 1e-9);
        }
    }

    [Fact]
    public void Likelihood_and_expectations_are_those_of_mixed_rates()
    {
        foreach (var h in Histories)
        {
            var (likelihood, alive, expected) = Mixed(h, 20);
            Assert.Equal(Math.Log(likelihood), Model.LogLikelihood(h), 1e-8);
            Assert.Equal(alive, Model.ProbabilityAlive(h), 1e-8);
            Assert.Equal(expected, Model.ExpectedPurchases(h, 20), 1e-7 * (1 + expected));
        }
    }

    [Fact]
    public void Gradient_is_the_slope_of_the_likelihood()
    {
        double[] p = [.8, 8, .9, 15, .9, -.4, -.5, .3];
        foreach (var h in Histories)
        {
            var gradient = new double[8];
            new DynamicLogLikelihood(2).Of(p, h, gradient);
            for (var i = 0; i < p.Length; i++)
            {
                Assert.Equal((At(i, 1e-4) - At(i, -1e-4)) / 2e-4, gradient[i], 1e-6 * (1 + Math.Abs(gradient[i])));
            }

            double At(int i, double step) => new DynamicLogLikelihood(2).Of([.. p.Select((v, j) => j == i ? v + step : v)], h, []).Log;
        }
    }

    [Fact]
    public void Simulated_effects_are_found_the_same_with_any_number_of_threads()
    {
        var random = new Random(5);
        DynamicHistory[] customers = [.. Enumerable.Range(0, 4_000).Select(_ => Simulated(random))];
        var fit = DynamicCovariateModels.Fit(customers, ["season", "mail"], FitOptions.MaximumLikelihood);
        double[] truth = [.8, 8, .9, 15, .9, -.4, -.5, .3];
        for (var i = 0; i < truth.Length; i++)
        {
            Assert.Equal(truth[i], fit.Report.Parameters[i], 3.5 * fit.Report.StandardErrors[i]);
        }

        Assert.Equal(customers.Sum(fit.Model.LogLikelihood), fit.Report.LogLikelihood, 1e-6);
        var plain = LifetimeModels.Fit("pareto-nbd", customers.Select(c => c.Static), FitOptions.MaximumLikelihood);
        Assert.True(fit.Report.LogLikelihood > plain.Report.LogLikelihood + 50);
        var one = DynamicCovariateModels.Fit(customers, ["season", "mail"], FitOptions.MaximumLikelihood with { Threads = 1 });
        Assert.Equal(fit.Report.Parameters, one.Report.Parameters);
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        DynamicHistory[] good = [.. Enumerable.Repeat(Histories[3], 40)];
        Refused("history 40 is wrong: purchases must come after the first one", [.. good, Histories[3] with { Repeats = [2, 2] }]);
        Refused("history 40 is wrong: no covariates hold from the first purchase on", [.. good, Histories[3] with { Steps = Steps(1, 2) }]);
        Refused("history 40 is wrong: every step needs 2 finite covariates", [.. good, Histories[3] with { Steps = [new(0, [1])] }]);
        Refused("covariate season does not vary", [.. good.Select(h => h with { Steps = [new(0, [1, 1]), new(5, [1, 0])] })]);
        Assert.Throws<ArgumentException>(() => Model.LogLikelihood(Histories[3] with { Steps = [] }));

        static void Refused(string why, DynamicHistory[] customers) => Assert.Contains(
            why, Assert.Throws<FitException>(() => DynamicCovariateModels.Fit(customers, ["season", "mail"])).Message,
            StringComparison.Ordinal);
    }

    private static ImmutableArray<CovariateStep> Steps(double from, double length) =>
    [
        .. Enumerable.Range(0, (int)(70 / length) + 1)
            .Select(i => new CovariateStep(from + (i * length), [i % 3 == 1 ? 1 : 0, i % 4 / 3.0])),
    ];

    private static (double Likelihood, double Alive, double Expected) Mixed(DynamicHistory h, double horizon)
    {
        var x = h.Repeats.Length;
        var factors = h.Repeats.Aggregate(1.0, (product, t) => product * Factor(Model.OnPurchases, h, t));
        double[] ends = [
            .. h.Steps.Select(s => s.From).Where(t => t > h.Static.LastPurchase && t < h.Observed + horizon), h.Observed,
            h.Observed + horizon
        ];
        var (time, dead, ahead) = (h.Static.LastPurchase, 0.0, 0.0);
        foreach (var end in ends.Order())
        {
            if (time < h.Observed)
            {
                dead += Mixtures.Integral(time, end, t => Buys(x, t) * Factor(Model.OnDropout, h, t) * Leaves(t));
            }
            else
            {
                ahead += Mixtures.Integral(time, end, t => Factor(Model.OnPurchases, h, t) * Stays(t));
            }

            time = end;
        }

        var alive = Buys(x, h.Observed) * Stays(h.Observed);
        return (factors * (alive + dead), alive / (alive + dead), ahead * Buys(x + 1, h.Observed) / (alive + dead));

        double Buys(double n, double t)
        {
            var clock = Clock(Model.OnPurchases, h, t);
            return Mixtures.MeanOver(Baseline.R, Baseline.Alpha, l => Math.Pow(l, n) * Math.Exp(-l * clock));
        }

        double Stays(double t)
        {
            var clock = Clock(Model.OnDropout, h, t);
            return Mixtures.MeanOver(Baseline.S, Baseline.Beta, m => Math.Exp(-m * clock));
        }

        double Leaves(double t)
        {
            var clock = Clock(Model.OnDropout, h, t);
            return Mixtures.MeanOver(Baseline.S, Baseline.Beta, m => m * Math.Exp(-m * clock));
        }
    }

    private static double Factor(ImmutableArray<double> effects, DynamicHistory h, double time)
    {
        var z = h.Steps.Last(s => s.From < time).Values;
        return Math.Exp((effects[0] * z[0]) + (effects[1] * z[1]));
    }

    private static double Clock(ImmutableArray<double> effects, DynamicHistory h, double time)
    {
        var (at, sum) = (0.0, 0.0);
        foreach (var end in h.Steps.Select(s => s.From).Where(t => t > 0 && t < time).Append(time))
        {
            sum += (end - at) * Factor(effects, h, end);
            at = end;
        }

        return sum;
    }

    private static DynamicHistory Simulated(Random random)
    {
        var steps = Steps(-random.NextDouble() * 4, 2);
        var observed = 30 + (30 * random.NextDouble());
        var (rate, dropout) = (Gamma.Sample(random, Baseline.R, Baseline.Alpha), Gamma.Sample(random, Baseline.S, Baseline.Beta));
        var all = new DynamicHistory([], observed, steps);
        var leaves = -Math.Log(1 - random.NextDouble()) / dropout;
        var purchases = ImmutableArray.CreateBuilder<double>();
        const double Tick = .02;
        var left = 0.0;
        for (var t = Tick; t < observed; t += Tick)
        {
            left += Tick * Factor(Model.OnDropout, all, t);
            if (left > leaves)
            {
                break;
            }

            if (random.NextDouble() < 1 - Math.Exp(-rate * Tick * Factor(Model.OnPurchases, all, t)))
            {
                purchases.Add(t);
            }
        }

        return all with { Repeats = purchases.ToImmutable() };
    }
}
