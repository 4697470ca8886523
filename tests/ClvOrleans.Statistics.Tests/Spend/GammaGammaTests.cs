using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Statistics.Tests.Lifetime;

namespace ClvOrleans.Statistics.Tests.Spend;

public sealed class GammaGammaTests
{
    private static readonly GammaGamma Docs = new(6.248802, 3.744588, 15.447748);

    [Theory] // lifetimes docs/Quickstart.md
    [InlineData(2, 22.35, 24.658619)]
    [InlineData(0, 0, 35.170981)]
    [InlineData(1, 11.77, 18.911489)]
    [InlineData(7, 73.74, 71.462843)]
    public void Expected_spend_is_the_published_one(double x, double mean, double expected)
        => Assert.Equal(expected, Docs.ExpectedSpend(x, mean), 1e-4);

    [Fact]
    public void Without_repeat_purchases_it_is_the_mean_of_the_population()
        => Assert.Equal(6.25 * 15.44 / 2.74, new GammaGamma(6.25, 3.74, 15.44).ExpectedSpend(0, 0), 1e-12);

    [Theory] // p (v + x m) / (p x + q - 1)
    [InlineData(6, 4, 16, 3, 35, 34.5714)]
    [InlineData(6.25, 3.74, 15.44, 2, 40, 39.1404)]
    public void Expected_spend_is_the_formula_of_the_paper(double p, double q, double v, double x, double mean, double expected)
        => Assert.Equal(expected, new GammaGamma(p, q, v).ExpectedSpend(x, mean), 1e-4);

    [Fact]
    public void Frequency_and_spend_of_CDNOW_are_as_little_correlated_as_published() // lifetimes
    {
        var rows = File.ReadLines(SharedData.Find("fixtures/cdnow_summary_quickstart.csv")).Skip(1)
            .Select(l => l.Split(',').Select(f => double.Parse(f, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
            .Where(f => f[0] > 0).ToArray();
        Assert.Equal(.1138839, MathNet.Numerics.Statistics.Correlation.Pearson(rows.Select(f => f[0]), rows.Select(f => f[3])), 1e-6);
        Assert.Equal(35.07855, rows.Average(f => f[3]), 1e-4);
    }

    [Fact]
    public void A_year_is_52_weeks_and_a_day_whatever_the_unit_of_the_model()
    {
        // 12 months at 1 % a month. Taking a month for 30 of the model's weeks gives 140.096 for the first customer, as others print.
        var model = new BetaGeometricNbd(.242593, 4.413532, .792886, 2.425752);
        Assert.Equal(36.3005, Year(new PurchaseHistory(2, 30.43, 38.86), 2, 22.35, 365.25 / 84), 1e-3);
        Assert.Equal(4.6404, Year(new PurchaseHistory(1, 1.71, 38.86), 1, 11.77, 365.25 / 84), 1e-3);
        Assert.Equal(8.3495, Year(new PurchaseHistory(0, 0, 38.86), 0, 0, 365.25 / 84), 1e-3);
        Assert.Equal(283.6879, Year(new PurchaseHistory(7, 29.43, 38.86), 7, 73.74, 365.25 / 84), 1e-2);
        Assert.Equal(140.0962, Year(new PurchaseHistory(2, 30.43, 38.86), 2, 22.35, 30), 1e-3);

        double Year(PurchaseHistory h, int x, double mean, double month) => Docs.ExpectedSpend(x, mean) * Enumerable.Range(1, 12).Sum(m =>
            (model.ExpectedPurchases(h, m * month) - model.ExpectedPurchases(h, (m - 1) * month)) / Math.Pow(1.01, m));
    }

    [Fact]
    public void Every_currency_gives_the_same_fit()
    {
        var dollars = SpendModels.Fit(Cdnow.Spends);
        var cents = SpendModels.Fit([.. Cdnow.Spends.Select(s => (s.Mean * 100, s.Count))]);
        Assert.Equal(dollars.Model.P, cents.Model.P, 1e-4);
        Assert.Equal(dollars.Model.V * 100, cents.Model.V, 1e-3);
        Assert.Equal(dollars.Report.LogLikelihood - (946 * Math.Log(100)), cents.Report.LogLikelihood, 1e-6);
    }

    [Fact]
    public void A_spend_without_a_finite_mean_is_refused()
    {
        var random = new Random(4);
        var spends = Enumerable.Range(0, 500).Select(_ => (Math.Pow(random.NextDouble(), -2), 1)).ToArray();
        Assert.Throws<FitException>(() => SpendModels.Fit(spends, FitOptions.MaximumLikelihood));
    }

    [Fact]
    public void Too_few_are_refused()
    {
        var refusal = Assert.Throws<FitException>(() => SpendModels.Fit([.. Enumerable.Repeat((5.0, 2), 9)]));
        Assert.Contains("fewer than 10", refusal.Message, StringComparison.Ordinal);
    }
}
