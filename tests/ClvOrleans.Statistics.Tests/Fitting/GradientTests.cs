using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;

namespace ClvOrleans.Statistics.Tests.Fitting;

/// <summary>The fast likelihoods against the plain ones, and their gradients against central differences.</summary>
public sealed class GradientTests
{
    private static readonly PurchaseHistory[] Histories =
    [
        new(0, 0, 38.86), new(0, 0, .5), new(1, 1.71, 38.86), new(1, 38, 38), new(2, 30.43, 38.86), new(7, 29.43, 38.86),
        new(26, 30.857, 31), new(132, 200, 200), new(40, 10, 400), new(3, 2, 900), new(254, 97.14286, 97.28571),
    ];

    public static TheoryData<string, double[]> Models() => new()
    {
        { "bg-nbd", [.243, 4.414, .793, 2.426] },
        { "bg-nbd", [3, 40, 2, 1] },
        { "mbg-nbd", [.525, 6.183, .891, 1.614] },
        { "bg-cnbd-3", [.85, 1.45, .79, 2.42] },
        { "mbg-cnbd-2", [.9, 1.5, .8, 2.4] },
        { "mbg-cnbd-5", [.4, 9, .3, 4] },
        { "pareto-nbd", [.55315, 10.57633, .60625, 11.6715] },
        { "pareto-nbd", [.55, 11.67, .61, 10.58] },
        { "pareto-nbd", [.5143, 2.8845, .2856, 14.1087] },
        { "pareto-nbd", [2, .5, 6, 80] },
        { "pareto-nbd", [.1, 90, 3, .4] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Fast_likelihood_is_the_plain_one(string family, double[] p)
    {
        foreach (var history in Histories)
        {
            var plain = Create(family, p).LogLikelihood(history);
            Assert.Equal(plain, Fast(Kernel(family), p, history, out _), 1e-9 * (1 + Math.Abs(plain)));
        }
    }

    [Fact]
    public void Fast_and_plain_agree_over_the_whole_range_of_parameters()
    {
        var random = new Random(77);
        for (var i = 0; i < 3_000; i++)
        {
            var x = random.Next(3) == 0 ? 0 : Math.Floor(Between(1, 200));
            var observed = Between(.5, 500);
            var h = new PurchaseHistory(x, x == 0 ? 0 : observed * random.NextDouble(), observed);
            double[] p = [Between(.05, 20), Between(.05, 200), Between(.05, 20), Between(.05, 500)];
            foreach (var family in new[] { "pareto-nbd", "bg-nbd", "mbg-cnbd-3" })
            {
                var plain = Create(family, p);
                Assert.Equal(plain.LogLikelihood(h), Fast(Kernel(family), p, h, out _), 1e-8 * (1 + Math.Abs(plain.LogLikelihood(h))));
                Assert.Equal(plain.ProbabilityAlive(h), ConditionalExpectations.Of(plain, 10, 0).Of(h, 0, new double[400]).Alive, 1e-8);
            }
        }

        double Between(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradient_is_the_slope_of_the_likelihood(string family, double[] p)
    {
        foreach (var history in Histories)
        {
            Fast(Kernel(family), p, history, out var gradient);
            for (var i = 0; i < p.Length; i++)
            {
                var h = 1e-4 * p[i];
                var slope = ((8 * (At(i, h) - At(i, -h))) - At(i, 2 * h) + At(i, -2 * h)) / (12 * h);
                Assert.Equal(slope, gradient[i], 1e-6 * (1 + Math.Abs(slope)));
            }

            double At(int i, double step) => Create(family, [.. p.Select((v, j) => j == i ? v + step : v)]).LogLikelihood(history);
        }
    }

    [Fact]
    public void Gradient_of_gamma_gamma_is_the_slope_of_its_likelihood()
    {
        double[] p = [6.25, 3.74, 15.44];
        foreach (var (x, mean) in new[] { (1.0, 22.35), (2, 11.77), (17, 80), (1, .5) })
        {
            var columns = SufficientStatistics.Of([x], [x * mean], [0], null, null);
            var gradient = new double[3];
            var value = ParametricFit.LogLikelihood(new GammaGammaLogLikelihood(), columns, p, gradient, 1);
            Assert.Equal(new GammaGamma(6.25, 3.74, 15.44).LogLikelihood(x, mean), value, 1e-10);
            for (var i = 0; i < 3; i++)
            {
                var h = 1e-5 * p[i];
                Assert.Equal((At(i, h) - At(i, -h)) / (2 * h), gradient[i], 1e-7);
            }

            double At(int i, double step)
            {
                var q = p.Select((v, j) => j == i ? v + step : v).ToArray();
                return new GammaGamma(q[0], q[1], q[2]).LogLikelihood(x, mean);
            }
        }
    }

    private static ILifetimeModel Create(string family, double[] p) => family == "pareto-nbd"
        ? new ParetoNbd(p[0], p[1], p[2], p[3])
        : new BetaGeometricNbd(p[0], p[1], p[2], p[3], Steps(family), family[0] == 'm');

    private static ILogLikelihood Kernel(string family) =>
        family == "pareto-nbd" ? new ParetoLogLikelihood() : new BetaGeometricLogLikelihood(Steps(family), family[0] == 'm');

    private static int Steps(string family) => char.IsDigit(family[^1]) ? family[^1] - '0' : 1;

    private static double Fast(ILogLikelihood kernel, double[] p, PurchaseHistory h, out double[] gradient)
    {
        gradient = new double[4];
        return ParametricFit.LogLikelihood(kernel, PurchaseHistories.Of([h]).Columns, p, gradient, 1);
    }
}
