using ClvOrleans.Statistics.Neural.Layers;

namespace ClvOrleans.Statistics.Tests.Neural;

public sealed class LayerTests
{
    [Fact]
    public void Convolution_slides_its_window_over_time()
    {
        // Weeks 1..5 of one channel; the filters are a difference over two weeks and a sum with a bias of 10.
        var y = Run(new Convolution<double>(5, 1, 2, 2), [-1, 1, 1, 1, 0, 10], [1, 4, 9, 16, 25]);
        Assert.Equal([3, 15, 5, 23, 7, 35, 9, 51], y);
    }

    [Fact]
    public void Max_pool_takes_the_largest_of_each_window_and_the_last_window_may_be_shorter() =>
        Assert.Equal([3, -1, 5, 0, 4, 9], Run(new MaxPool<double>(5, 2, 2), [], [1, -1, 3, -2, 5, -3, -6, 0, 4, 9]));

    [Fact]
    public void Gru_follows_its_equations()
    {
        // One channel, one unit: W = (.1, .2, .3), U = (.4, .5, .6), b = (.7, .8, .9), c = 1; steps 2 and -1.
        double[] parameters = [.1, .2, .3, .4, .5, .6, .7, .8, .9, 1];
        var h = 0.0;
        foreach (var x in (double[])[2, -1])
        {
            var r = 1 / (1 + Math.Exp(-((.1 * x) + .7 + (.4 * h))));
            var z = 1 / (1 + Math.Exp(-((.2 * x) + .8 + (.5 * h))));
            var n = Math.Tanh((.3 * x) + .9 + (r * ((.6 * h) + 1)));
            h = ((1 - z) * n) + (z * h);
        }

        Assert.Equal(h, Run(new Gru<double>(3, 1, 1), parameters, [2, 2, -1, 77])[0], 1e-14);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Gru_refuses_a_number_of_filled_steps_that_is_none(double filled)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Run(new Gru<double>(3, 1, 1), new double[10], [filled, 1, 2, 3]));
        Assert.Contains("of its 3 steps", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropout_drops_its_share_and_keeps_the_mean_and_only_in_training()
    {
        var dropout = new Dropout<double>(100_000, .3);
        var ones = Enumerable.Repeat(1.0, 100_000).ToArray();
        var y = Run(dropout, [], ones, new LayerContext(1, Training: true, new Noise(4)));
        Assert.Equal(.3, y.Count(v => v == 0) / 100_000.0, .005);
        Assert.All(y.Where(v => v != 0), v => Assert.Equal(1 / .7, v));
        Assert.Equal(ones, Run(dropout, [], ones));
    }

    [Fact]
    public void Dropout_of_a_row_does_not_depend_on_the_part_of_the_batch_it_is_in()
    {
        var dropout = new Dropout<double>(8, .5);
        var ones = Enumerable.Repeat(1.0, 32).ToArray();
        var together = Run(dropout, [], ones, new LayerContext(4, Training: true, new Noise(4)));
        Assert.Equal(together[16..], Run(dropout, [], ones[16..], new LayerContext(2, Training: true, new Noise(4), FirstRow: 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout<double>(8, 1));
    }

    [Fact]
    public void A_chain_refuses_layers_that_do_not_fit()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new Sequential<double>(new Dense<double>(2, 3), new Relu<double>(4)));
        Assert.Contains("Layer 2 takes 4 numbers, but layer 1 gives 3.", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Sequential<double>());
        Assert.Throws<ArgumentException>(() => new Sequential<double>(new Convolution<double>(3, 1, 2, 4)));
    }

    private static double[] Run(ILayer<double> layer, double[] parameters, double[] x, LayerContext? pass = null)
    {
        var rows = x.Length / layer.Inputs;
        var y = new double[rows * layer.Outputs];
        layer.Forward(parameters, x, y, new double[layer.Memory(rows)], pass ?? new LayerContext(rows));
        return y;
    }
}
