using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Tests.Neural;

public sealed class IntegratedGradientsTests
{
    [Fact]
    public void A_linear_network_is_explained_by_its_weights()
    {
        var network = new Network<double>(new Sequential<double>(new Dense<double>(3, 1)), new SquaredError<double>(2), [1, -2, .5, 4]);
        var contributions = new double[3];
        var (prediction, baseline) = IntegratedGradients.Explain<double>(network, [3, 1, 10], [1, 1, 2], contributions);
        Assert.Equal((20, 8), (prediction, baseline));
        Assert.Equal([4, 0, 8], contributions);
    }

    /// <summary>2 relu(x₁ + x₂ - 1) from 0 to (2, 2): the slope is 2 on the last three quarters, so each input gives 2 · 2 · ¾.</summary>
    [Fact]
    public void A_bend_on_the_way_counts_from_where_it_is()
    {
        var network = new Network<double>(
            new Sequential<double>(new Dense<double>(2, 1), new Relu<double>(1), new Dense<double>(1, 1)),
            new SquaredError<double>(),
            [1, 1, -1, 2, 0]);
        var contributions = new double[2];
        IntegratedGradients.Explain<double>(network, [2, 2], [0, 0], contributions);
        Assert.Equal([3, 3], contributions);
    }

    [Fact]
    public void Contributions_add_up_to_value_minus_baseline_exactly()
    {
        Network<float>[] networks =
        [
            Networks.Perceptron(12, new SquaredError<float>(1_000), 1),
            Networks.Perceptron(12, new ZeroInflatedLognormal<float>(), 2),
            Networks.Convolutional(20, 2, 3, new ZeroInflatedLognormal<float>(), 3),
            Networks.Recurrent(8, 2, 3, new ZeroInflatedLognormal<float>(), 4),
        ];
        foreach (var network in networks)
        {
            for (var customer = 0; customer < 50; customer++)
            {
                var rows = Numbers.Uniform<float>(2 * network.Inputs, (ulong)customer);
                var (row, baseline) = (rows[..network.Inputs], rows[network.Inputs..]);
                row[0] = baseline[0] = 5;
                var contributions = new double[network.Inputs];
                var (prediction, from) = IntegratedGradients.Explain<float>(network, row, baseline, contributions);
                Assert.Equal(network.Predict(row), prediction);
                Assert.Equal(network.Predict(baseline), from);
                Assert.Equal(prediction - from, contributions.Aggregate((a, b) => a + b));
                Assert.Equal(prediction - from, contributions.Reverse().Aggregate((a, b) => a + b));
                Assert.Equal(0, contributions[0]);
            }
        }
    }

    /// <summary>What the rule shares out is small: with ever more points the contributions hardly move.</summary>
    [Fact]
    public void Few_points_on_the_way_already_say_nearly_the_same()
    {
        var network = Networks.Perceptron(12, new ZeroInflatedLognormal<double>(), 2);
        var rows = Numbers.Uniform<double>(24, 1);
        var (few, many) = (new double[12], new double[12]);
        IntegratedGradients.Explain(network, rows.AsSpan(0, 12), rows.AsSpan(12), few, 64);
        IntegratedGradients.Explain(network, rows.AsSpan(0, 12), rows.AsSpan(12), many, 20_000);
        var size = many.Sum(Math.Abs);
        Assert.All(few.Zip(many), c => Assert.Equal(c.Second, c.First, .01 * size));
    }

    /// <summary>There is no way from three steps to five that stays a sequence.</summary>
    [Fact]
    public void Sequences_of_different_lengths_are_not_compared()
    {
        var network = Networks.Recurrent(8, 1, 0, new SquaredError<float>(), 4);
        float[] row = [5, 1, 1, 1, 1, 1, 0, 0, 0];
        float[] baseline = [3, 1, 1, 1, 0, 0, 0, 0, 0];
        Assert.Throws<ArgumentException>(() => IntegratedGradients.Explain<float>(network, row, baseline, new double[9]));
    }

    [Fact]
    public void A_customer_like_the_baseline_has_nothing_to_explain()
    {
        var network = Networks.Perceptron(4, new ZeroInflatedLognormal<float>(), 2);
        var contributions = new double[4];
        IntegratedGradients.Explain<float>(network, [1, 2, 3, 4], [1, 2, 3, 4], contributions);
        Assert.Equal([0, 0, 0, 0], contributions);
    }
}
