using System.Globalization;
using ClvOrleans.Statistics.Discrete;
using ClvOrleans.Statistics.Subscriptions;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Tests.Discrete;

public sealed class BetaGeometricBetaBinomialTests
{
    private static readonly BetaGeometricBetaBinomial Btyd = new(1.203528, .7497260, .6567808, 2.783796);
    private static readonly BetaGeometricBetaBinomial Rounded = new(1.20, .75, .66, 2.78);

    [Fact]
    public void Log_likelihoods_of_all_22_histories_are_those_of_Hardie_s_note() // technical note 010, at rounded parameters
    {
        var model = new BetaGeometricBetaBinomial(1.204, .750, .657, 2.783);
        int[] x = [6, 5, 4, 3, 2, 1, 5, 4, 3, 2, 1, 4, 3, 2, 1, 3, 2, 1, 2, 1, 1, 0];
        int[] last = [6, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 2, 2, 1, 0];
        double[] published =
        [
            -2.18167, -4.29485, -5.38473, -5.80916, -5.65173, -4.88370, -3.71683, -5.09558, -5.61577, -5.50637, -4.76724, -3.84830,
            -5.05936, -5.19562, -4.57071, -3.52745, -4.51620, -4.22466, -3.01200, -3.58818, -2.28883, -1.16752,
        ];
        Assert.All(published, (value, i) => Assert.Equal(value, model.LogLikelihood(new(x[i], last[i], 6)), 1e-3 * Math.Abs(value)));
    }

    [Fact]
    public void Expectations_and_probabilities_of_22_histories_agree_with_pymc_marketing() // test_beta_geo_beta_binom.py
    {
        var model = new BetaGeometricBetaBinomial(1.2035, .7497, .6567, 2.7834);
        foreach (var row in File.ReadLines(SharedData.Find("fixtures/pymc_bgbb_22.csv")).Skip(1))
        {
            var f = row.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
            var h = new OpportunityHistory((int)f[1], (int)f[2], (int)f[3]);
            Assert.All([1, 3, 6], (ahead, i) =>
            {
                Assert.Equal(f[4 + i], model.ExpectedTransactions(h, ahead), 1e-6 * f[4 + i]);
                Assert.Equal(f[7 + i], model.ProbabilityAlive(h, ahead), 1e-6 * f[7 + i]);
            });
        }
    }

    [Theory] // lifetimes test_estimation.py: alive at the next opportunity
    [InlineData(0, 0, .11)]
    [InlineData(2, 4, .59)]
    [InlineData(6, 6, .93)]
    public void Probability_to_be_alive_at_the_next_opportunity_is_the_published_one(int x, int last, double expected) =>
        Assert.Equal(expected, Btyd.ProbabilityAlive(new(x, last, 6)), .005);

    [Fact]
    public void New_customers_have_the_published_expectations() // Hardie's note 010 via pymc-marketing; 3.179805 from BTYD
    {
        double[] published = [.4985, .9233, 1.2969, 1.6323, 1.9381, 2.2202, 2.4826, 2.7285, 2.9603, 3.1798, 3.3887];
        Assert.All(published, (value, i) => Assert.Equal(value, Btyd.ExpectedTransactions(default, i + 1), 1e-4));
        Assert.Equal(3.179805, Btyd.ExpectedTransactions(default, 10), 1e-5);
    }

    [Theory] // BTYD walkthrough: customers A and B
    [InlineData(0, 0, .1302169)]
    [InlineData(4, 5, 3.627858)]
    public void Expected_transactions_of_ten_opportunities_are_the_published_ones(int x, int last, double expected) =>
        Assert.Equal(expected, Btyd.ExpectedTransactions(new(x, last, 6), 10), 1e-5 * expected);

    [Theory] // inputs of BTYD's bgbb.DERT.Rd, which prints no output; values recomputed independently for models.md
    [InlineData(3, 4, 1.62138, 5e-6)]
    [InlineData(1, 6, 1.802, 5e-4)]
    [InlineData(2, 6, 2.6212, 5e-5)]
    [InlineData(3, 6, 3.4403, 5e-5)]
    [InlineData(4, 6, 4.2594, 5e-5)]
    [InlineData(5, 6, 5.0785, 5e-5)]
    [InlineData(6, 6, 5.8976, 5e-5)]
    public void Discounted_transactions_are_the_recomputed_ones(int x, int last, double expected, double error) =>
        Assert.Equal(expected, Rounded.DiscountedTransactions(new(x, last, 6), .1), error);

    [Theory]
    [InlineData(.1)]
    [InlineData(.002)]
    public void Discounted_transactions_are_the_sum_of_discounted_steps(double rate)
    {
        var h = new OpportunityHistory(3, 4, 6);
        var (sum, alive) = (0.0, Rounded.ProbabilityAlive(h));
        for (var m = 1; m < 30_000; m++)
        {
            sum += alive * (1.20 + 3) / (1.95 + 6) * Math.Pow(1 + rate, -m);
            alive *= (2.78 + 6 + m) / (3.44 + 6 + m);
        }

        Assert.Equal(sum, Rounded.DiscountedTransactions(h, rate), 1e-10 * sum);
    }

    [Fact]
    public void Without_discount_all_future_transactions_are_finite_only_where_gamma_exceeds_1()
    {
        Assert.Equal(double.PositiveInfinity, Rounded.DiscountedTransactions(new(3, 4, 6), 0));
        var mortal = new BetaGeometricBetaBinomial(1.2, .75, 4, 2.78);
        Assert.Equal(mortal.ExpectedTransactions(new(3, 4, 6), 100_000), mortal.DiscountedTransactions(new(3, 4, 6), 0), 1e-9);
    }

    [Fact]
    public void Likelihoods_of_all_sequences_sum_to_one()
    {
        var sum = 0.0;
        for (var last = 0; last <= 12; last++)
        {
            for (var x = Math.Min(1, last); x <= last; x++)
            {
                sum += Sequences(x, last) * Math.Exp(Btyd.LogLikelihood(new(x, last, 12)));
            }
        }

        Assert.Equal(1, sum, 1e-12);
    }

    [Fact]
    public void Probabilities_of_counts_are_those_of_the_sequences_with_so_many_transactions()
    {
        var counts = new double[13];
        Btyd.TransactionProbabilities(default, 12, counts);
        Assert.All(counts, (p, x) => Assert.Equal(
            p,
            Enumerable.Range(0, 13).Where(t => t >= x && (x > 0 || t == 0))
                .Sum(t => Sequences(x, t) * Math.Exp(Btyd.LogLikelihood(new(x, t, 12)))),
            1e-12));
    }

    [Theory]
    [InlineData(0, 0, 6)]
    [InlineData(3, 4, 6)]
    [InlineData(6, 6, 6)]
    [InlineData(40, 900, 1000)]
    [InlineData(995, 999, 1000)]
    public void Probabilities_of_counts_sum_to_one_and_average_to_the_expectation(int x, int last, int n)
    {
        var counts = new double[3001];
        Assert.Equal(3001, Btyd.TransactionProbabilities(new(x, last, n), 3000, counts));
        Assert.Equal(1, counts.Sum(), 1e-10);
        var expected = Btyd.ExpectedTransactions(new(x, last, n), 3000);
        Assert.Equal(expected, counts.Select((p, k) => p * k).Sum(), 1e-10 * expected);
    }

    [Fact]
    public void A_short_span_gets_the_first_probabilities()
    {
        var (two, all) = (new double[2], new double[7]);
        Assert.Equal(2, Btyd.TransactionProbabilities(new(3, 4, 6), 6, two));
        Btyd.TransactionProbabilities(new(3, 4, 6), 6, all);
        Assert.Equal(all[..2], two);
    }

    [Theory]
    [InlineData(1.2, .75, .66, 2.78)]
    [InlineData(1000, 20_000, 400, 1e6)]
    [InlineData(.01, .02, .001, .02)]
    public void Thousands_of_opportunities_agree_with_the_sum_of_the_paper(double alpha, double beta, double gamma, double delta)
    {
        var model = new BetaGeometricBetaBinomial(alpha, beta, gamma, delta);
        const int n = 5000;
        foreach (var (x, last) in new[] { (0, 0), (2000, 2000), (1, 1), (37, 4200), (5000, 5000), (3, 4999) })
        {
            // The likelihood of the paper, term by term.
            var terms = Enumerable.Range(last, n - last)
                .Select(j => LogBeta(alpha + x, beta - x + j) + LogBeta(gamma + 1, delta + j))
                .Append(LogBeta(alpha + x, beta + n - x) + LogBeta(gamma, delta + n))
                .ToArray();
            var expected = terms.Max() + Math.Log(terms.Sum(t => Math.Exp(t - terms.Max()))) - LogBeta(alpha, beta) - LogBeta(gamma, delta);
            Assert.Equal(expected, model.LogLikelihood(new(x, last, n)), 1e-7 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void A_silence_of_thousands_after_a_thousand_in_a_row_is_death_without_overflow()
    {
        var gone = new OpportunityHistory(1000, 1000, 5000);
        Assert.Equal(0, new BetaGeometricBetaBinomial(1000, 1, .66, 2.78).ProbabilityAlive(gone));
        Assert.Equal(0, new BetaGeometricBetaBinomial(1000, 1, .66, 2.78).ExpectedTransactions(gone, 10));
    }

    [Fact]
    public void Who_took_the_last_opportunity_was_alive_there_and_dies_from_then_on_as_a_contract_would()
    {
        var h = new OpportunityHistory(2, 6, 6);
        Assert.Equal(1, Btyd.ProbabilityAlive(h, 0));
        Assert.Equal(new BetaDiscreteWeibull(Btyd.Gamma, Btyd.Delta).Survival(4, 6), Btyd.ProbabilityAlive(h, 4), 1e-12);
    }

    [Fact]
    public void Gamma_of_one_is_an_ordinary_value() // the closed form of the paper divides by γ - 1
    {
        double At(double gamma) => new BetaGeometricBetaBinomial(1.2, .75, gamma, 2.78).ExpectedTransactions(new(3, 4, 6), 10);
        Assert.Equal((At(1 - 1e-6) + At(1 + 1e-6)) / 2, At(1), 1e-10);
    }

    [Fact]
    public void Cohorts_that_start_later_are_tracked_from_their_own_first_opportunity()
    {
        var early = Btyd.ExpectedByPeriod([(1, 100)], 4);
        var late = Btyd.ExpectedByPeriod([(1, 100), (3, 50)], 4);
        Assert.Equal([early[0], early[1], early[2] + (early[0] / 2), early[3] + (early[1] / 2)], late);
        Assert.Equal(100 * Btyd.ExpectedTransactions(default, 4), early.Sum(), 1e-10);
    }

    [Theory]
    [InlineData(-1, 0, 6)]
    [InlineData(1, -1, 6)]
    [InlineData(1, 7, 6)]
    [InlineData(3, 2, 6)]
    [InlineData(0, 2, 6)]
    [InlineData(1, 0, 6)]
    [InlineData(0, 0, -1)]
    public void An_impossible_history_has_likelihood_zero_and_no_forecast(int x, int last, int n)
    {
        var h = new OpportunityHistory(x, last, n);
        Assert.Equal(double.NegativeInfinity, Btyd.LogLikelihood(h));
        Assert.Throws<ArgumentException>(() => Btyd.ProbabilityAlive(h));
        Assert.Throws<ArgumentException>(() => Btyd.ExpectedTransactions(h, 3));
        Assert.Throws<ArgumentException>(() => Btyd.DiscountedTransactions(h, .1));
        Assert.Throws<ArgumentException>(() => Btyd.TransactionProbabilities(h, 3, new double[4]));
    }

    [Fact]
    public void Negative_numbers_of_opportunities_and_impossible_rates_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Btyd.ProbabilityAlive(default, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Btyd.ExpectedTransactions(default, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Btyd.TransactionProbabilities(default, -1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Btyd.DiscountedTransactions(default, -.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Btyd.DiscountedTransactions(default, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Btyd.DiscountedTransactions(default, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => Btyd.ExpectedByPeriod([], -1));
        Assert.Throws<ArgumentException>(() => Btyd.ExpectedByPeriod([(0, 10)], 3));
        Assert.Throws<ArgumentException>(() => Btyd.ExpectedByPeriod([(1, double.NaN)], 3));
    }

    // Orders in which x transactions can have come, the last of them at t.
    private static double Sequences(int x, int t) => x == 0 ? 1 : SpecialFunctions.Binomial(t - 1, x - 1);

    private static double LogBeta(double a, double b) =>
        SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
}
