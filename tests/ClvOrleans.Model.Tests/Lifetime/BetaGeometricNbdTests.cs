using ClvOrleans.Model.Lifetime;
using Xunit;

namespace ClvOrleans.Model.Tests.Lifetime;

public class BetaGeometricNbdTests
{
    private static readonly BetaGeometricNbd Cdnow = new(.2425945, 4.4136019, .7929199, 2.4258881);
    private static readonly BetaGeometricNbd SummaryFit = new(.242593, 4.413532, .792886, 2.425752);
    private static readonly BetaGeometricNbd Rounded = new(.243, 4.414, .793, 2.426);

    [Fact]
    public void Expected_purchases_of_the_first_CDNOW_customer_in_39_weeks_are_1_226() // lifetimes tests/test_estimation.py
        => Assert.Equal(1.226, Cdnow.ExpectedPurchases(new PurchaseHistory(2, 30.43, 38.86), 39), .001);

    [Theory] // lifetimes tests/test_estimation.py, from Hardie's note; its own fit is not printed, and the last digit of the 78 weeks moves with it
    [InlineData(.1429, .0078)]
    [InlineData(1, .0532)]
    [InlineData(3, .1506)]
    [InlineData(31.8571, 1.0405)]
    [InlineData(32, 1.0437)]
    [InlineData(78, 1.8576)]
    public void Expected_purchases_of_a_new_customer_are_the_published_ones(double weeks, double expected)
        => Assert.Equal(expected, SummaryFit.ExpectedPurchasesOfNewCustomer(weeks), 4e-4);

    [Theory] // pymc-marketing test_beta_geo.py
    [InlineData(1, .05326789117165627)]
    [InlineData(3, .15086523089304896)]
    [InlineData(6, .2807558935767553)]
    public void New_customers_agree_with_pymc_marketing(double weeks, double expected)
        => Assert.Equal(expected, Rounded.ExpectedPurchasesOfNewCustomer(weeks), expected * 1e-6);

    [Theory] // Fader, Hardie and Lee via pymc-marketing: a .8, b 2.5, r .25, alpha 4
    [InlineData(0, 0, 40, -.59947382)]
    [InlineData(200, 38, 40, 100.7957)]
    public void Log_likelihood_is_the_published_one(double x, double lastPurchase, double observed, double expected)
        => Assert.Equal(expected, new BetaGeometricNbd(.25, 4, .8, 2.5).LogLikelihood(new PurchaseHistory(x, lastPurchase, observed)), 1e-4);

    [Fact]
    public void A_customer_without_repeat_purchase_is_alive()
        => Assert.Equal(1, Cdnow.ProbabilityAlive(new PurchaseHistory(0, 0, 39)));

    [Fact]
    public void A_long_silence_after_a_thousand_purchases_is_death_without_overflow()
        => Assert.Equal(0, Cdnow.ProbabilityAlive(new PurchaseHistory(1000, 10, 100)));

    [Theory]
    [InlineData(-1, 0, 10)]
    [InlineData(1, -1, 10)]
    [InlineData(1, 11, 10)]
    public void An_impossible_history_has_likelihood_zero(double x, double lastPurchase, double observed)
        => Assert.Equal(double.NegativeInfinity, Cdnow.LogLikelihood(new PurchaseHistory(x, lastPurchase, observed)));
}
