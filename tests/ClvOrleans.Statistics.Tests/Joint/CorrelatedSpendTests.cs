using ClvOrleans.Statistics.Joint;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Statistics.Tests.Joint;

public sealed class CorrelatedSpendTests
{
    private static readonly ParetoNbd Purchases = new(.8, 8, .9, 15);
    private static readonly GammaGamma Spend = new(3, 4, 20);

    private static readonly (PurchaseHistory History, double Paid, double Mean)[] Customers =
        [(new(0, 0, 30), 0, 0), (new(3, 20, 30), 3, 45), (new(8, 29, 30), 7, 12), (new(1, 2, 30), 1, 200)];

    [Fact]
    public void Independence_is_the_two_models_by_themselves()
    {
        var model = new CorrelatedSpend(Purchases, Spend, 0);
        foreach (var (h, paid, mean) in Customers)
        {
            Assert.Equal(
                Purchases.LogLikelihood(h) + (paid > 0 ? Spend.LogLikelihood(paid, mean) : 0), model.LogLikelihood(h, paid, mean), 1e-12);
            var (purchases, spend) = model.Expected(h, paid, mean, 26);
            Assert.Equal(Purchases.ExpectedPurchases(h, 26), purchases, 1e-12);
            Assert.Equal(purchases * Spend.ExpectedSpend(paid, mean), spend, 1e-9);
        }
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(-3.5)]
    public void Likelihood_and_expectations_are_those_of_the_mixed_rates(double omega)
    {
        var model = new CorrelatedSpend(Purchases, Spend, omega);
        foreach (var (h, paid, mean) in Customers)
        {
            var (likelihood, purchases, spend) = Mixed(omega, h, paid, mean);
            Assert.Equal(Math.Log(likelihood), model.LogLikelihood(h, paid, mean), 1e-7);
            var expected = model.Expected(h, paid, mean, 26);
            Assert.Equal(purchases, expected.Purchases, 1e-7);
            Assert.Equal(spend, expected.Spend, 1e-5);
        }
    }

    [Fact]
    public void A_dependence_that_is_there_is_found_and_one_that_is_not_is_not()
    {
        var dependent = CorrelatedSpendModels.Fit(Purchases, Spend, Simulated(3, 6_000, 1));
        Assert.Equal(3, dependent.Model.Omega, 3 * dependent.StandardError);
        Assert.True(dependent.Gain > 30);
        Assert.InRange(dependent.Model.Correlation, .03, .2);

        var independent = CorrelatedSpendModels.Fit(Purchases, Spend, Simulated(0, 6_000, 2));
        Assert.Equal(0, independent.Model.Omega, 3 * independent.StandardError);
        Assert.True(independent.Gain < 6.63); // exceeded by chance once in a hundred
    }

    [Fact]
    public void Correlation_is_that_of_simulated_rates()
    {
        var rates = Rates(3, 200_000, new Random(3));
        var (x, y) = (rates.Select(r => r.Rate).ToArray(), rates.Select(r => 1 / r.Scale).ToArray());
        Assert.Equal(MathNet.Numerics.Statistics.Correlation.Pearson(x, y), new CorrelatedSpend(Purchases, Spend, 3).Correlation, .01);
    }

    private static (double Likelihood, double Purchases, double Spend) Mixed(double omega, PurchaseHistory h, double paid, double mean)
    {
        var (alpha, v) = (Purchases.Alpha * (Math.Pow(2, 1 / Purchases.R) - 1), Spend.V * (Math.Pow(2, 1 / Spend.Q) - 1));
        // Given λ or ν, by the kernels' powers 0 and 1.
        var buys = new double[2];
        var buysAhead = new double[2];
        var spends = new double[2];
        var spendsAhead = new double[2];
        for (var power = 0; power < 2; power++)
        {
            buys[power] = OverRates(
                power,
                l => Math.Pow(l, h.Repeats) * (Given(l, h.Observed) + Mixtures.Integral(h.LastPurchase, h.Observed, t => Gone(l, t))));
            buysAhead[power] = OverRates(power, l => Math.Pow(l, h.Repeats + 1) * Math.Exp(-l * h.Observed))
                * Mixtures.Integral(h.Observed, h.Observed + 26, Stays);
            spends[power] = OverScales(power, Density);
            spendsAhead[power] = OverScales(power, nu => Density(nu) * Spend.P / nu);
        }

        var whole = (buys[0] * spends[0]) - (omega * buys[1] * spends[1]);
        return (
            whole,
            ((buysAhead[0] * spends[0]) - (omega * buysAhead[1] * spends[1])) / whole,
            ((buysAhead[0] * spendsAhead[0]) - (omega * buysAhead[1] * spendsAhead[1])) / whole);

        double OverRates(int power, Func<double, double> f) =>
            Mixtures.MeanOver(Purchases.R, Purchases.Alpha, l => f(l) * Math.Pow(Math.Exp(-alpha * l) - .5, power));

        double OverScales(int power, Func<double, double> f) =>
            Mixtures.MeanOver(Spend.Q, Spend.V, nu => f(nu) * Math.Pow(Math.Exp(-v * nu) - .5, power));

        double Stays(double t) => Math.Pow(Purchases.Beta / (Purchases.Beta + t), Purchases.S);

        double Given(double l, double t) => Math.Exp(-l * t) * Stays(t);

        double Gone(double l, double t) => Given(l, t) * Purchases.S / (Purchases.Beta + t);

        // The mean of n purchases of gamma(p, ν) is gamma(n p, n ν).
        double Density(double nu) => paid == 0 ? 1 : Math.Exp(
            (Spend.P * paid * Math.Log(paid * nu)) - SpecialFunctions.GammaLn(Spend.P * paid)
            + (((Spend.P * paid) - 1) * Math.Log(mean)) - (paid * nu * mean));
    }

    private static List<(double Rate, double Scale)> Rates(double omega, int number, Random random)
    {
        var (alpha, v) = (Purchases.Alpha * (Math.Pow(2, 1 / Purchases.R) - 1), Spend.V * (Math.Pow(2, 1 / Spend.Q) - 1));
        var rates = new List<(double, double)>();
        while (rates.Count < number)
        {
            var (rate, scale) = (Gamma.Sample(random, Purchases.R, Purchases.Alpha), Gamma.Sample(random, Spend.Q, Spend.V));
            var density = 1 - (omega * (Math.Exp(-alpha * rate) - .5) * (Math.Exp(-v * scale) - .5));
            if (random.NextDouble() * 2 < density)
            {
                rates.Add((rate, scale));
            }
        }

        return rates;
    }

    private static IEnumerable<(PurchaseHistory History, double Paid, double Mean)> Simulated(double omega, int number, int seed)
    {
        var random = new Random(seed);
        foreach (var (rate, scale) in Rates(omega, number, random))
        {
            var lifetime = -Math.Log(1 - random.NextDouble()) / Gamma.Sample(random, Purchases.S, Purchases.Beta);
            var (count, last, sum) = (0, 0.0, 0.0);
            for (var t = Gap(); t < Math.Min(lifetime, 40); t += Gap())
            {
                (count, last, sum) = (count + 1, t, sum + Gamma.Sample(random, Spend.P, scale));
            }

            yield return (new PurchaseHistory(count, last, 40), count, count == 0 ? 0 : sum / count);

            double Gap() => -Math.Log(1 - random.NextDouble()) / rate;
        }
    }
}
