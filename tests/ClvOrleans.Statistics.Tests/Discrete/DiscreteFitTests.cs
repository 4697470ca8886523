using ClvOrleans.Statistics.Discrete;
using ClvOrleans.Statistics.Fitting;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Statistics.Tests.Discrete;

public sealed class DiscreteFitTests
{
    private static readonly BetaGeometricBetaBinomial Truth = new(1.5, 2, .8, 6);

    [Fact]
    public void Parameters_of_a_simulated_charity_are_recovered()
    {
        var (_, report) = DiscreteModels.Fit(Simulated(20_000, 7), FitOptions.MaximumLikelihood);
        double[] truth = [Truth.Alpha, Truth.Beta, Truth.Gamma, Truth.Delta];
        Assert.All(truth, (value, i) =>
        {
            var error = Math.Abs(report.Parameters[i] - value);
            Assert.True(error < 3.5 * report.StandardErrors[i], $"{report.Names[i]} is {report.Parameters[i]}");
            Assert.True(report.StandardErrors[i] < .15 * value, $"{report.Names[i]} is told to {report.StandardErrors[i]}");
        });
    }

    [Theory]
    [InlineData(1.2, .75, .66, 2.78)]
    [InlineData(30, 400, 5, 90)]
    [InlineData(.05, .2, .01, .3)]
    public void Fast_likelihood_and_gradient_are_the_plain_likelihood_and_its_slope(double alpha, double beta, double gamma, double delta)
    {
        // Many rows of one (x, n) share a pass; each is checked alone and all together. The last needs rescaling.
        OpportunityHistory[] histories =
        [
            new(0, 0, 6), new(1, 1, 6), new(1, 3, 6), new(1, 6, 6), new(6, 6, 6), new(1, 2, 9), new(2, 2, 1500), new(2, 700, 1500),
            new(90, 90, 3000), default,
        ];
        double[] p = [alpha, beta, gamma, delta];
        foreach (var some in histories.Select(h => new[] { h }).Append(histories))
        {
            var gradient = new double[4];
            var value = ParametricFit.LogLikelihood(new OpportunityLogLikelihood(), OpportunityHistories.Of(some).Columns, p, gradient, 1);
            Assert.Equal(At(0, 0), value, 1e-11 * (1 + Math.Abs(value)));
            for (var i = 0; i < 4; i++)
            {
                var h = 1e-3 * p[i];
                var slope = ((8 * (At(i, h) - At(i, -h))) - At(i, 2 * h) + At(i, -2 * h)) / (12 * h);
                Assert.Equal(slope, gradient[i], 2e-7 * (1 + Math.Abs(slope)));
            }

            double At(int i, double step)
            {
                var q = p.Select((v, j) => j == i ? v + step : v).ToArray();
                return some.Sum(new BetaGeometricBetaBinomial(q[0], q[1], q[2], q[3]).LogLikelihood);
            }
        }
    }

    [Fact]
    public void A_weight_is_as_good_as_that_many_customers()
    {
        var histories = Simulated(500, 3);
        var repeated = DiscreteModels.Fit(histories.Concat(histories));
        var weighted = DiscreteModels.Fit(OpportunityHistories.Of(histories, [.. histories.Select(_ => 2.0)]));
        Assert.Equal(repeated.Model, weighted.Model);
        Assert.Equal(1000, weighted.Report.Customers);
    }

    [Fact]
    public void Threads_and_the_order_of_customers_do_not_change_a_bit()
    {
        var histories = Simulated(2_000, 4);
        var one = DiscreteModels.Fit(histories, new FitOptions { Threads = 1 });
        var three = DiscreteModels.Fit(histories.Reverse(), new FitOptions { Threads = 3 });
        Assert.Equal(one.Model, three.Model);
        Assert.Equal(one.Report.Covariance, three.Report.Covariance);
    }

    [Fact]
    public void Customers_all_alike_run_away_without_a_prior_and_not_with_it()
    {
        // Half of the opportunities taken by each: less varied than a coin.
        var alike = Enumerable.Repeat(new OpportunityHistory(5, 10, 10), 60).ToArray();
        Assert.Throws<FitException>(() => DiscreteModels.Fit(alike, FitOptions.MaximumLikelihood));
        var (model, _) = DiscreteModels.Fit(alike);
        Assert.Equal(.5, model.Alpha / (model.Alpha + model.Beta), .03);
    }

    [Fact]
    public void Poor_data_are_refused_with_the_reason()
    {
        Refused("fewer than 30", Enumerable.Repeat(new OpportunityHistory(1, 2, 6), 29));
        Refused("3 opportunities", Enumerable.Repeat(new OpportunityHistory(1, 2, 2), 50));
        Refused("no opportunity was taken", Enumerable.Repeat(new OpportunityHistory(0, 0, 6), 50));
        Refused("every opportunity was taken", Enumerable.Repeat(new OpportunityHistory(6, 6, 6), 50));
        Refused("history 50 is impossible", Enumerable.Repeat(new OpportunityHistory(1, 2, 6), 50).Append(new(1, 7, 6)));
        Refused("no customer", []);
        var weightless = Assert.Throws<FitException>(() => OpportunityHistories.Of([default, default], [1, 0]));
        Assert.Contains("weight 1", weightless.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_by_name_make_the_same_model_and_bad_ones_are_named()
    {
        Assert.Equal(Truth, DiscreteModels.Create(Truth.Parameters));
        Assert.Contains("delta", Refusal(Truth.Parameters.Remove("delta")), StringComparison.Ordinal);
        Assert.Contains("gamma", Refusal(Truth.Parameters.SetItem("gamma", 0)), StringComparison.Ordinal);
        Assert.Contains("alpha", Refusal(Truth.Parameters.SetItem("alpha", double.NaN)), StringComparison.Ordinal);

        static string Refusal(IReadOnlyDictionary<string, double> p) =>
            Assert.Throws<ArgumentException>(() => DiscreteModels.Create(p)).Message;
    }

    private static void Refused(string reason, IEnumerable<OpportunityHistory> histories) =>
        Assert.Contains(reason, Assert.Throws<FitException>(() => DiscreteModels.Fit(histories)).Message, StringComparison.Ordinal);

    private static OpportunityHistory[] Simulated(int customers, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, customers).Select(_ => One(random))];
    }

    // The story of the paper: before each opportunity a chance to die, at it a chance to buy.
    private static OpportunityHistory One(Random random)
    {
        var (buys, dies) = (Beta.Sample(random, Truth.Alpha, Truth.Beta), Beta.Sample(random, Truth.Gamma, Truth.Delta));
        var (x, last, n) = (0, 0, random.Next(4, 25));
        for (var i = 1; i <= n && random.NextDouble() >= dies; i++)
        {
            if (random.NextDouble() < buys)
            {
                (x, last) = (x + 1, i);
            }
        }

        return new OpportunityHistory(x, last, n);
    }
}
