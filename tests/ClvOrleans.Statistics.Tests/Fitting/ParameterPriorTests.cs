using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests.Fitting;

public sealed class ParameterPriorTests
{
    private static readonly ParetoNbd Store = new(.8, 8, .6, 20);

    private static readonly ParameterPrior Prior = ParameterPrior.OfStores(
        ["r", "alpha", "s", "beta"], [[.5, 10, .6, 12], [.9, 5, .4, 5], [.8, 30, .3, 60]], 1);

    private static readonly int[] Numbers = [20, 200, 2_000, 20_000];

    [Fact]
    public void Mean_is_that_of_the_logarithms_and_covariance_is_shrunk_and_widened_as_stated()
    {
        var prior = ParameterPrior.OfStores(["a", "b"], [[1, Math.E], [Math.E, 1]], 2);
        Assert.All(prior.Centre, c => Assert.Equal(Math.Sqrt(Math.E), c, 1e-12));

        // Deviations of half either way: squares sum to 1/2, products to -1/2. Two independent ones of variance 4 count as two stores.
        double[] expected = [(.5 + 8) / 4 * 1.5, -.5 / 4 * 1.5, -.5 / 4 * 1.5, (.5 + 8) / 4 * 1.5];
        Assert.All(expected, (value, i) => Assert.Equal(value, prior.Covariance[i], 1e-12));
    }

    [Fact]
    public void It_weakens_as_own_data_come()
    {
        var distances = Numbers.Select(n => Distance(LifetimeModels.Fit(
            "pareto-nbd", SimulatedCustomers.Of(Store, n, 4), new FitOptions { Prior = Prior }))).ToArray();
        Assert.True(distances[3] < .15);
        Assert.True(distances[3] < distances[1] && distances[2] < distances[0]);

        static double Distance(LifetimeFit fit) => Math.Abs(Math.Log(
            fit.Model.ExpectedPurchasesOfNewCustomer(52) / Store.ExpectedPurchasesOfNewCustomer(52)));
    }

    [Fact]
    public void Without_data_of_any_use_the_fit_is_the_prior()
    {
        var report = LifetimeModels.Fit("pareto-nbd", [new PurchaseHistory(0, 0, 0)], new FitOptions { Prior = Prior }).Report;
        Assert.All(report.Parameters.Zip(Prior.Centre), p => Assert.Equal(p.Second, p.First, 1e-3 * p.Second));
        Assert.All(report.Covariance.Zip(Prior.Covariance), c => Assert.Equal(c.Second, c.First, 1e-3));
    }

    [Fact]
    public void Who_never_bought_again_lowers_the_expectation_and_more_of_them_lower_it_further()
    {
        var expected = Numbers.Select(n => LifetimeModels.Fit(
            "pareto-nbd", Enumerable.Repeat(new PurchaseHistory(0, 0, 8), n), new FitOptions { Prior = Prior })
            .Model.ExpectedPurchases(new PurchaseHistory(0, 0, 8), 26)).ToArray();
        Assert.Equal(expected.OrderDescending(), expected);

        // Nothing in 8,000 weeks of customers: with probability .95 a rate below 3 / 8,000 a week.
        Assert.InRange(expected[3], 0, 26 * 3 / 8_000.0);
    }

    [Fact]
    public void A_prior_of_another_model_is_wrong_use() => Assert.Throws<ArgumentException>(
        () => LifetimeModels.Fit("bg-nbd", SimulatedCustomers.Of(Store, 100, 4), new FitOptions { Prior = Prior }));
}
