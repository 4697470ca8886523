using ClvOrleans.Training.Validation.Metrics;
using MathNet.Numerics.Distributions;
using Xunit;

namespace ClvOrleans.Training.Tests.Validation;

public sealed class DistributionMetricTests
{
    [Theory]
    [InlineData(3, 3)] // within: its width
    [InlineData(7, 23)] // 2 above: 2 / .2 for each
    [InlineData(1.5, 8)] // a half below
    public void The_interval_score_is_the_width_and_a_fine_for_what_lies_outside(double actual, double expected) =>
        Assert.Equal(expected, IntervalScore.Of(2, 5, .8, actual), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1.3)]
    [InlineData(-2)]
    public void The_ranked_probability_score_of_a_normal_is_that_of_its_closed_form(double actual)
    {
        // Gneiting and Raftery (2007), equation 5.
        var expected = (actual * ((2 * Normal.CDF(0, 1, actual)) - 1)) + (2 * Normal.PDF(0, 1, actual)) - (1 / Math.Sqrt(Math.PI));
        double[] quantiles = [.. Enumerable.Range(0, 20_000).Select(i => Normal.InvCDF(0, 1, (i + .5) / 20_000))];

        Assert.Equal(expected, RankedProbability.Of(quantiles, actual), 1e-3);
    }

    [Fact]
    public void The_ranked_probability_score_of_a_sure_forecast_is_the_absolute_error() =>
        Assert.Equal(4, RankedProbability.Of([3, 3, 3, 3], 7), 1e-12);

    [Fact]
    public void Transforms_of_right_forecasts_are_uniform_though_most_customers_buy_nothing()
    {
        // Nothing with .6, else exponential; the forecast has quantiles of both, as customers' forecasts do.
        const double None = .6;
        var random = new Random(7);
        double[] quantiles = [
            .. Enumerable.Range(0, 20).Select(i => (i + .5) / 20).Select(p => p <= None ? 0 : -Math.Log((1 - p) / (1 - None)))
        ];
        double[] transforms =
        [
            .. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() < None ? 0 : -Math.Log(1 - random.NextDouble()))
                .Select(actual => ProbabilityTransform.Of(quantiles, None, actual, random.NextDouble())),
        ];

        // 1.63 / √n is exceeded once in a hundred samples; straight lines between quantiles add .003.
        Assert.InRange(ProbabilityTransform.Distance(transforms)!.Value, 0, (1.63 / Math.Sqrt(20_000)) + .003);
        Assert.True(ProbabilityTransform.Distance([.. transforms.Select(t => t * t)]) > .2);
    }

    [Fact]
    public void A_value_on_which_a_probability_lies_stands_anywhere_within_it()
    {
        double[] quantiles = [0, 0, 5, 5, 5, 9];

        Assert.Equal(.1, ProbabilityTransform.Of(quantiles, .4, 0, .25), 1e-12);
        Assert.Equal(2.5 / 6, ProbabilityTransform.Of(quantiles, .4, 5, 0), 1e-12);
        Assert.Equal(4.5 / 6, ProbabilityTransform.Of(quantiles, .4, 5, 1), 1e-12);
        Assert.Equal(5.0 / 6, ProbabilityTransform.Of(quantiles, .4, 7, .3), 1e-12); // half way from 5 to 9
        Assert.Equal(11.5 / 12, ProbabilityTransform.Of(quantiles, .4, 20, .5), 1e-12); // beyond what is told
    }

    [Fact]
    public void Kolmogorovs_distance_is_the_widest_gap_to_uniform()
    {
        Assert.Equal((1 / 3.0) - .1, ProbabilityTransform.Distance([.9, .1, .5])!.Value, 1e-12);
        Assert.Null(ProbabilityTransform.Distance([]));
    }
}
