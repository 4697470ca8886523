using ClvOrleans.Statistics.Lifetime;
using Xunit;

namespace ClvOrleans.Statistics.Tests.Lifetime;

public class BetaGeometricNbdTests
{
    private static readonly BetaGeometricNbd Cdnow = new(.2425945, 4.4136019, .7929199, 2.4258881);
    private static readonly BetaGeometricNbd SummaryFit = new(.242593, 4.413532, .792886, 2.425752);
    private static readonly BetaGeometricNbd Btyd = new(.2426, 4.4137, .7930, 2.4262);
    private static readonly BetaGeometricNbd Rounded = new(.243, 4.414, .793, 2.426);

    [Fact]
    public void Expected_purchases_of_the_first_CDNOW_customer_in_39_weeks_are_1_226() // lifetimes tests/test_estimation.py
        => Assert.Equal(1.226, Cdnow.ExpectedPurchases(new PurchaseHistory(2, 30.43, 38.86), 39), .001);

    // lifetimes tests/test_estimation.py, from Hardie's note; its own fit is not printed, and the last digit of the 78 weeks moves with it
    [Theory]
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
        => Assert.Equal(
            expected, new BetaGeometricNbd(.25, 4, .8, 2.5).LogLikelihood(new PurchaseHistory(x, lastPurchase, observed)), 1e-4);

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

    [Fact]
    public void Probabilities_of_counts_of_a_new_customer_are_the_published_ones() // lifetimes, with the rounded parameters
    {
        Assert.Equal(1.0786896e-07, Rounded.PurchaseProbabilities(default, 2, 11)[10], 1e-13);
        Assert.Equal(.57378635, Rounded.PurchaseProbabilities(default, 39, 1)[0], 1e-8);
        double[] expected =
        [
            .0019995214, .0015170236, .0011633150, .0009003148, .0007023638, .0005517902, .0004361913, .0003467171, .0002769613,
            .0002222260,
        ];
        var counts = Rounded.PurchaseProbabilities(default, 30, 21);
        Assert.All(expected, (value, i) => Assert.Equal(value, counts[i + 11], 1e-10));
    }

    [Fact]
    public void A_year_of_a_new_customer_and_customer_1516_are_those_of_BTYD() // vignette; its parameters have four decimals
    {
        Assert.Equal(1.444004, Btyd.ExpectedPurchasesOfNewCustomer(52), 1e-5);
        Assert.Equal(25.75659, Btyd.ExpectedPurchases(new PurchaseHistory(26, 30.857, 31), 52), 1e-3);
        Assert.Equal(.9688523, Btyd.ProbabilityAlive(new PurchaseHistory(26, 30.857, 31)), 1e-5);
    }

    [Theory] // BTYD vignette
    [InlineData(10, .3474606)]
    [InlineData(15, .04283391)]
    [InlineData(20, .004158973)]
    [InlineData(25, .0003585685)]
    public void Frequency_paradox_is_the_published_one(double x, double expected)
        => Assert.Equal(expected, Btyd.ExpectedPurchases(new PurchaseHistory(x, 20, 39), 52), 1e-3 * expected);

    [Theory] // Hardie, note 004: the sheet uses unrounded parameters
    [InlineData(2, 30.43, -9.4596)]
    [InlineData(1, 1.71, -4.4711)]
    [InlineData(0, 0, -.5538)]
    [InlineData(7, 29.43, -21.8644)]
    [InlineData(1, 5.00, -4.8651)]
    [InlineData(2, 35.71, -9.5367)]
    [InlineData(5, 24.43, -17.3593)]
    [InlineData(10, 34.14, -27.3144)]
    [InlineData(1, 4.86, -4.8520)]
    public void Log_likelihood_is_that_of_the_authors_sheet(double x, double last, double expected)
        => Assert.Equal(expected, Rounded.LogLikelihood(new PurchaseHistory(x, last, 38.86)), 2e-3 * Math.Abs(expected));

    [Theory] // pymc-marketing test_modified_beta_geo.py
    [InlineData(1, .053084795263698685)]
    [InlineData(3, .15086328860664794)]
    [InlineData(6, .28136022398301175)]
    public void New_customers_of_MBG_agree_with_pymc_marketing(double weeks, double expected)
        => Assert.Equal(
            expected, new BetaGeometricNbd(.525, 6.183, .891, 1.614, 1, true).ExpectedPurchasesOfNewCustomer(weeks), expected * 1e-6);

    [Theory] // pymc-marketing, and the last two by Fader, Hardie and Lee's parameters
    [InlineData(.55, 10.58, .61, 11.67, 1, 1.5, 12, -4.11031673)]
    [InlineData(.45, 10.58, .61, 11.67, 1, 1.5, 12, -4.24203129)]
    [InlineData(.45, 10.58, .71, 11.67, 1, 1.5, 12, -4.24032809)]
    [InlineData(.55, 11.67, .61, 10.58, 1, 1.5, 12, -4.13555424)]
    [InlineData(.55, 11.67, .61, 10.58, 4, 5.3, 10, -10.72053738)]
    [InlineData(.55, 11.67, .61, 10.58, 2, 6, 8, -6.49786493)]
    [InlineData(.25, 4, .8, 2.5, 0, 0, 40, -.41792826)]
    public void Log_likelihood_of_MBG_is_the_published_one(
        double r, double alpha, double a, double b, double x, double last, double observed, double expected)
        => Assert.Equal(
            expected, new BetaGeometricNbd(r, alpha, a, b, 1, true).LogLikelihood(new PurchaseHistory(x, last, observed)), 1e-7);

    [Fact]
    public void Log_likelihood_of_MBG_with_two_hundred_purchases_is_the_published_one() // Fader, Hardie and Lee via pymc-marketing
        => Assert.Equal(100.7869, new BetaGeometricNbd(.25, 4, .8, 2.5, 1, true).LogLikelihood(new PurchaseHistory(200, 38, 40)), 1e-4);

    [Theory] // lifetimes tests/test_utils.py, example_transactions: predictions of 30 days by a fit that is printed to two decimals
    [InlineData(0, 0, 298, .016053)]
    [InlineData(0, 0, 224, .021171)]
    [InlineData(6, 142, 292, .030461)]
    [InlineData(0, 0, 147, .031686)]
    [InlineData(2, 9, 183, .001607)]
    public void Predictions_of_the_example_transactions_are_the_published_ones(double x, double last, double observed, double expected)
        => Assert.Equal(
            expected, new BetaGeometricNbd(.16, 1.86, 1.85, 3.18).ExpectedPurchases(new PurchaseHistory(x, last, observed), 30),
            .05 * expected);

    [Theory] // The first purchases of a new customer hardly meet the dropout: E[X(t)] is r t / α for small t, whatever a and b.
    [InlineData(.1, .05)]
    [InlineData(.5, .5)]
    [InlineData(.5, .4999999)]
    [InlineData(.02, .97)]
    public void Expected_purchases_of_a_new_customer_exist_where_a_plus_b_is_below_one(double a, double b)
    {
        var model = new BetaGeometricNbd(.243, 4.414, a, b);
        Assert.Equal(.243 / 4.414 * 1e-4, model.ExpectedPurchases(new PurchaseHistory(0, 0, 0), 1e-4), .243 / 4.414 * 1e-8);

        // The sum over the counts is the same expectation by another way.
        var counts = model.PurchaseProbabilities(new PurchaseHistory(0, 0, 10), 52, 20_000);
        Assert.Equal(counts.Select((p, n) => n * p).Sum(), model.ExpectedPurchases(new PurchaseHistory(0, 0, 10), 52), 1e-6);
    }

    [Fact]
    public void A_dropout_parameter_of_one_is_not_a_pole()
    {
        var at = new BetaGeometricNbd(.243, 4.414, 1, 2.426).ExpectedPurchases(new PurchaseHistory(2, 30.43, 38.86), 39);
        var beside = new BetaGeometricNbd(.243, 4.414, 1.001, 2.426).ExpectedPurchases(new PurchaseHistory(2, 30.43, 38.86), 39);
        Assert.Equal(beside, at, 1e-3);
        Assert.NotEqual(beside, at);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Regular_buyers_are_forecast_as_simulated(int k)
    {
        // Of the simulated customers with x = 2 who were silent for 4 to 6 of 40 weeks, the mean of what they buy in the next 20.
        var model = new BetaGeometricNbd(.9, .9, .8, 2.4, k, true);
        var random = new Random(5);
        var (bought, expected, none, noOrder, count) = (0.0, 0.0, 0.0, 0.0, 0);
        for (var i = 0; i < 200_000; i++)
        {
            var times = SimulatedCustomers.Purchases(model, random, 60);
            var seen = times.Count(t => t <= 40);
            if (seen >= 2 && 40 - times[seen - 1] is > 4 and < 20)
            {
                var h = new PurchaseHistory(seen, times[seen - 1], 40);
                if (count++ < 4_000)
                {
                    bought += times.Count - seen;
                    none += times.Count == seen ? 1 : 0;
                    expected += model.ExpectedPurchases(h, 20);
                    noOrder += model.PurchaseProbabilities(h, 20, 1)[0];
                }
            }
        }

        Assert.True(count >= 4_000);
        Assert.Equal(expected / 4_000, bought / 4_000, .04 * expected / 4_000);
        Assert.Equal(noOrder / 4_000, none / 4_000, .025);
    }

    [Fact]
    public void Discounted_purchases_of_regular_buyers_and_others_are_the_sum_of_small_steps()
    {
        foreach (var model in new[] { Rounded, new BetaGeometricNbd(.85, 1.45, .79, 2.42, 3, true) })
        {
            var h = new PurchaseHistory(4, 30, 38);
            var sum = Enumerable.Range(0, 2_080).Sum(i =>
                (model.ExpectedPurchases(h, (i + 1) / 20.0) - model.ExpectedPurchases(h, i / 20.0)) * Math.Exp(-.01 * (i + .5) / 20));
            Assert.Equal(sum, model.DiscountedPurchases(h, 104, .01), 1e-4 * sum);
        }
    }

    [Fact]
    public void Discounted_residual_purchases_are_what_a_very_long_horizon_gives()
    {
        foreach (var model in new[] { Rounded, new BetaGeometricNbd(.85, 1.45, .79, 2.42, 3, true) })
        {
            var h = new PurchaseHistory(4, 30, 38);
            var dert = model.DiscountedPurchases(h, double.PositiveInfinity, .02);
            Assert.Equal(dert, model.DiscountedPurchases(h, 1_000, .02), 1e-6 * dert);
            Assert.InRange(dert, model.DiscountedPurchases(h, 104, .02), model.ExpectedPurchases(h, 1_000));
        }
    }
}
