using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests.Lifetime;

public sealed class ParetoNbdTests
{
    private static readonly ParetoNbd Lifetimes = new(.55, 10.56, .61, 11.64);
    private static readonly ParetoNbd Btyd = new(.5534, 10.5802, .6061, 11.6562);
    private static readonly PurchaseHistory Customer1516 = new(26, 30.857, 31);

    // α and β so far apart that |α - β| / (α + t) is 1 but for rounding, as draws from a wide covariance can be.
    [Theory]
    [InlineData(4.9e8, 2e-9)]
    [InlineData(2e-9, 4.9e8)]
    public void Parameters_at_the_ends_of_what_is_possible_give_probabilities(double alpha, double beta)
    {
        var model = new ParetoNbd(.5, alpha, .5, beta);
        Assert.All(
            (PurchaseHistory[])[new(0, 0, 0), new(0, 0, 10), new(3, 8, 10)], h => Assert.InRange(model.ProbabilityAlive(h), 0, 1));
    }

    [Fact] // lifetimes tests/test_estimation.py, t = 0..9
    public void Expected_purchases_of_a_new_customer_are_the_published_ones()
    {
        double[] expected = [0, .05077821, .09916088, .14542507, .18979930, .23247466, .27361274, .31335159, .35181024, .38909211];
        Assert.All(expected, (value, weeks) => Assert.Equal(value, Lifetimes.ExpectedPurchasesOfNewCustomer(weeks), 1e-8));
    }

    [Theory] // pymc-marketing tests/clv/models/test_pareto_nbd.py
    [InlineData(1, .05100453400231695)]
    [InlineData(3, .14612427222155053)]
    [InlineData(6, .2750506374292604)]
    public void New_customers_agree_with_pymc_marketing(double weeks, double expected)
        => Assert.Equal(expected, Btyd.ExpectedPurchasesOfNewCustomer(weeks), 1e-9);

    [Fact]
    public void A_year_of_a_new_customer_is_that_of_BTYD() // vignette; its parameters have four decimals
        => Assert.Equal(1.473434, Btyd.ExpectedPurchasesOfNewCustomer(52), 1e-3);

    [Fact]
    public void Customer_1516_is_that_of_BTYD()
    {
        Assert.Equal(25.45647, Btyd.ExpectedPurchases(Customer1516, 52), .01);
        Assert.Equal(.997874, Btyd.ProbabilityAlive(Customer1516), 1e-5);
    }

    [Fact]
    public void A_customer_without_repeat_purchase_is_alive_with_the_published_probability() // BTYD, pnbd.PAlive.Rd
        => Assert.Equal(.2941633, Btyd.ProbabilityAlive(new PurchaseHistory(0, 0, 39)), 1e-4);

    [Theory] // BTYD vignette: the more a now silent customer has bought, the less is expected
    [InlineData(10, .7062289)]
    [InlineData(15, .1442396)]
    [InlineData(20, .02250658)]
    [InlineData(25, .003092670)]
    public void Frequency_paradox_is_the_published_one(double x, double expected)
        => Assert.Equal(expected, Btyd.ExpectedPurchases(new PurchaseHistory(x, 20, 39), 52), 1e-3 * expected);

    [Theory] // lifetimes, regression of an underflow
    [InlineData(132, 6.2060517889632418)]
    [InlineData(133, 6.2528722475748113)]
    public void Many_purchases_do_not_underflow(double x, double expected)
        => Assert.Equal(expected, new ParetoNbd(.55, 10.58, .61, 11.67).ExpectedPurchases(new PurchaseHistory(x, 200, 200), 10), 1e-9);

    [Theory] // lifetimes, regression of an overflow; values of an independent closed form
    [InlineData(400, 5, 6, 1323.18893)]
    [InlineData(500, 1, 37, 2594.40445)]
    [InlineData(500, 4, 37, 1888.82125)]
    public void A_burst_of_purchases_has_a_finite_likelihood(double x, double last, double observed, double expected)
        => Assert.Equal(
            expected, new ParetoNbd(10.465, .00798565181, 3.0516, 2.820).LogLikelihood(new PurchaseHistory(x, last, observed)), 1e-4);

    [Theory]
    [InlineData(40, 5, 6, .001885)]
    [InlineData(50, 1, 37, 1.4e-96)]
    [InlineData(50, 4, 37, 6.7e-60)]
    public void A_silence_after_a_burst_is_death(double x, double last, double observed, double expected)
        => Assert.Equal(
            expected, new ParetoNbd(10.465, .00798565181, 3.0516, 2.820).ProbabilityAlive(new PurchaseHistory(x, last, observed)),
            .05 * expected);

    [Theory] // CLVTools, stability test
    [InlineData(221, 103.42857, 103.57143, .999596)]
    [InlineData(254, 97.14286, 97.28571, .999558)]
    [InlineData(161, 94.71429, 98, .749488)]
    [InlineData(204, 98.57143, 99.42857, .994255)]
    public void Hundreds_of_purchases_leave_a_probability(double x, double last, double observed, double expected)
        => Assert.Equal(
            expected, new ParetoNbd(.5143, 2.8845, .2856, 14.1087).ProbabilityAlive(new PurchaseHistory(x, last, observed)), 1e-5);

    [Theory] // pymc-marketing
    [InlineData(.55, 10.58, .61, 11.67, 1, 1.5, 12, -4.00694866)]
    [InlineData(.45, 10.58, .61, 11.67, 1, 1.5, 12, -4.14770211)]
    [InlineData(.45, 10.58, .71, 11.67, 1, 1.5, 12, -4.13593316)]
    [InlineData(.55, 11.67, .61, 10.58, 1, 1.5, 12, -4.03618538)]
    [InlineData(.55, 11.67, .61, 10.58, 4, 5.3, 10, -10.72932589)]
    [InlineData(.55, 11.67, .61, 10.58, 2, 6, 8, -6.66878882)]
    public void Log_likelihood_is_the_published_one(
        double r, double alpha, double s, double beta, double x, double last, double observed, double expected)
        => Assert.Equal(expected, new ParetoNbd(r, alpha, s, beta).LogLikelihood(new PurchaseHistory(x, last, observed)), 1e-8);

    [Theory]
    [InlineData(-1, 0, 10)]
    [InlineData(1, -1, 10)]
    [InlineData(1, 11, 10)]
    [InlineData(double.NaN, 1, 10)]
    public void An_impossible_history_has_likelihood_zero(double x, double last, double observed)
        => Assert.Equal(double.NegativeInfinity, Lifetimes.LogLikelihood(new PurchaseHistory(x, last, observed)));

    [Fact]
    public void Discounted_residual_purchases_are_those_of_the_closed_form() // inputs of BTYD, pnbd.DERT.Rd; Tricomi's function, computed independently
    {
        var model = new ParetoNbd(.5629966, 12.5590370, .4081095, 10.5148048);
        Assert.Equal(1.86418, Dert(model, 7, 35), 1e-5);
        double[] expected = [2.1992, 2.8435, 2.8671, 2.4454, 1.8405, 1.2624, .8096, .4948, .2920, .1679];
        Assert.All(expected, (value, i) => Assert.Equal(value, Dert(model, i + 1, 30), 1e-4));

        static double Dert(ParetoNbd model, double x, double last) =>
            model.DiscountedPurchases(new PurchaseHistory(x, last, 77.86), double.PositiveInfinity, .0027);
    }

    [Fact]
    public void Without_discount_a_finite_horizon_gives_the_expectation_and_an_infinite_one_is_refused()
    {
        Assert.Equal(Lifetimes.ExpectedPurchases(Customer1516, 52), Lifetimes.DiscountedPurchases(Customer1516, 52, 0), 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lifetimes.DiscountedPurchases(Customer1516, double.PositiveInfinity, 0));
    }
}
