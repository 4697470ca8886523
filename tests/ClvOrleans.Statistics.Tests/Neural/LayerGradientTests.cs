using ClvOrleans.Statistics.Neural.Layers;

namespace ClvOrleans.Statistics.Tests.Neural;

/// <summary>Derivatives of every layer against central differences in double precision: L = Σ c · y with random c.</summary>
public sealed class LayerGradientTests
{
    private const int Rows = 3;
    private const double Step = 1e-6;

    public static TheoryData<string> Layers => [.. All.Keys];

    private static Dictionary<string, ILayer<double>> All { get; } = new()
    {
        ["dense"] = new Dense<double>(5, 7),
        ["dense to one"] = new Dense<double>(9, 1),
        ["relu"] = new Relu<double>(11),
        ["dropout"] = new Dropout<double>(13, .4),
        ["convolution"] = new Convolution<double>(9, 2, 5, 3),
        ["convolution over everything"] = new Convolution<double>(4, 3, 2, 4),
        ["max-pool"] = new MaxPool<double>(7, 3, 3),
        ["max-pool over everything"] = new MaxPool<double>(5, 2, 5),
        ["beside"] = new Concatenate<double>(new Dense<double>(3, 4), 2),
        ["beside nothing"] = new Concatenate<double>(new Dense<double>(3, 4), 0),
        ["chain"] = new Sequential<double>(
            new Dense<double>(4, 6), new Relu<double>(6), new Dropout<double>(6, .3), new Dense<double>(6, 3)),
        ["cnn"] = new Sequential<double>(
            new Concatenate<double>(
                new Sequential<double>(new Convolution<double>(8, 2, 4, 3), new Relu<double>(24), new MaxPool<double>(6, 4, 3)), 2),
            new Dense<double>(10, 2)),
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Derivatives_agree_with_finite_differences(string name) =>
        Check(All[name], Numbers.Uniform<double>(Rows * All[name].Inputs, 5), _ => true);

    [Fact]
    public void Derivatives_of_a_gru_agree_with_finite_differences_at_any_number_of_filled_steps()
    {
        var gru = new Gru<double>(6, 3, 5);
        var x = Numbers.Uniform<double>(Rows * gru.Inputs, 5);
        (x[0], x[gru.Inputs], x[2 * gru.Inputs]) = (6, 0, 4);
        Check(gru, x, i => i % gru.Inputs != 0);
    }

    [Fact]
    public void A_recurrent_chain_agrees_with_finite_differences()
    {
        var gru = new Gru<double>(4, 2, 3);
        var chain = new Sequential<double>(
            new Concatenate<double>(gru, 2), new Dense<double>(5, 4), new Relu<double>(4), new Dense<double>(4, 2));
        var x = Numbers.Uniform<double>(Rows * chain.Inputs, 5);
        (x[0], x[chain.Inputs], x[2 * chain.Inputs]) = (3, 4, 1);
        Check(chain, x, i => i % chain.Inputs != 0);
    }

    private static void Check(ILayer<double> layer, double[] x, Func<int, bool> differentiable)
    {
        var pass = new LayerContext(Rows, Training: true, new Noise(3), 2);
        var parameters = Numbers.Uniform<double>(layer.Parameters, 6);
        var c = Numbers.Uniform<double>(Rows * layer.Outputs, 7);
        var (y, memory) = (new double[Rows * layer.Outputs], Dirty(layer.Memory(Rows)));
        var (dx, gradient) = (Dirty(x.Length), new double[parameters.Length]);
        layer.Forward(parameters, x, y, memory, pass);
        layer.Backward(parameters, x, y, c, dx, gradient, memory, pass);
        for (var i = 0; i < x.Length; i++)
        {
            Assert.Equal(differentiable(i) ? Slope(x, i) : 0, dx[i], 1e-8);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(Slope(parameters, i), gradient[i], 1e-8);
        }

        // A second way back adds to the gradient, and a missing span leaves out only that part.
        var twice = gradient.ToArray();
        layer.Forward(parameters, x, y, memory, pass);
        layer.Backward(parameters, x, y, c, [], twice, memory, pass);
        Assert.All(twice.Zip(gradient), g => Assert.Equal(2 * g.Second, g.First, 1e-12));
        var alone = Dirty(x.Length);
        layer.Forward(parameters, x, y, memory, pass);
        layer.Backward(parameters, x, y, c, alone, [], memory, pass);
        Assert.Equal(dx, alone);

        double Slope(double[] of, int i)
        {
            var at = of[i];
            of[i] = at + Step;
            var above = Loss();
            of[i] = at - Step;
            var below = Loss();
            of[i] = at;
            return (above - below) / (2 * Step);
        }

        double Loss()
        {
            var outputs = new double[Rows * layer.Outputs];
            layer.Forward(parameters, x, outputs, Dirty(layer.Memory(Rows)), pass);
            return outputs.Zip(c).Sum(p => p.First * p.Second);
        }
    }

    /// <summary>Memory as a pool hands it out: full of what others left.</summary>
    private static double[] Dirty(int count) => [.. Enumerable.Repeat(double.NaN, count)];
}
