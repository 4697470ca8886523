using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;
using ClvOrleans.Statistics.Neural.Training;

namespace ClvOrleans.Statistics.Tests.Neural;

/// <summary>Each network learns what its shape is for, on data whose truth is known.</summary>
public sealed class LearningTests
{
    [Fact]
    public void A_linear_target_is_recovered()
    {
        var x = Numbers.Uniform<float>(1_000 * 2, 1);
        var targets = Enumerable.Range(0, 1_000).Select(i => (2 * x[2 * i]) - (3 * x[(2 * i) + 1]) + .5f).ToArray();
        var start = new Network<float>(new Sequential<float>(new Dense<float>(2, 1)), new SquaredError<float>(), 1);
        var trained = Train(start, x, targets, new TrainingOptions { LearningRate = .02, WeightDecay = 0, BatchRows = 50 }).Network;
        var scale = ((SquaredError<float>)trained.Head).Scale;
        Assert.Equal(2, scale * trained.Parameters[0], 1e-3);
        Assert.Equal(-3, scale * trained.Parameters[1], 1e-3);
        Assert.Equal(.5, scale * trained.Parameters[2], 1e-3);
    }

    [Fact]
    public void Exclusive_or_is_learned_which_no_linear_model_can()
    {
        var x = Numbers.Uniform<float>(800 * 2, 1).Select(v => MathF.Sign(v) + (.2f * v)).ToArray();
        var targets = Enumerable.Range(0, 800).Select(i => x[2 * i] * x[(2 * i) + 1] < 0 ? 1f : 0).ToArray();
        var start = Networks.Perceptron(2, new SquaredError<float>(), 1, 0, 8);
        var network = Train(start, x, targets, new() { LearningRate = .02, BatchRows = 32 }).Network;
        Assert.Equal(0, network.Predict([1, 1]), .1);
        Assert.Equal(0, network.Predict([-1, -1]), .1);
        Assert.Equal(1, network.Predict([1, -1]), .1);
        Assert.Equal(1, network.Predict([-1, 1]), .1);
    }

    /// <summary>It learns the pattern in the first half of the year and finds it in the second, where it has never seen it.</summary>
    [Fact]
    public void A_cnn_finds_a_pattern_wherever_it_is_in_time()
    {
        const int weeks = 26, rows = 1_200;
        var start = Networks.Convolutional(weeks, 1, 1, new SquaredError<float>(), 1, filters: 8, width: 3, pool: weeks);
        var (x, targets) = Patterns(start, rows, 1, 0, 11);
        var network = Train(start, x, targets, new() { LearningRate = .005, BatchRows = 64 }).Network;
        var (unseen, truth) = Patterns(start, 400, 2, 12, 23);
        var predictions = new float[400];
        network.Predict(unseen, predictions);
        Assert.True(predictions.Zip(truth).Count(p => p.First > .5f == p.Second > .5f) >= 390);
    }

    [Fact]
    public void A_gru_counts_and_remembers()
    {
        const int steps = 10, rows = 2_000;
        var start = Networks.Recurrent(steps, 2, 0, new SquaredError<float>(), 1, 12);
        var noise = Numbers.Uniform<float>(rows * start.Inputs, 3);
        var targets = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            // Channel 0 is ±1; channel 1 is what the first step says. The target is how many are +1, times what was said first.
            var x = noise.AsSpan(row * start.Inputs, start.Inputs);
            var filled = 1 + (row % steps);
            x[0] = filled;
            var said = x[2];
            for (var t = 0; t < steps; t++)
            {
                x[1 + (2 * t)] = x[1 + (2 * t)] > 0 ? 1 : -1;
                targets[row] += t < filled && x[1 + (2 * t)] > 0 ? said : 0;
            }
        }

        var trained = Train(start, noise, targets, new() { LearningRate = .01, BatchRows = 64, Epochs = 80 });
        Assert.True(trained.ValidationLoss < .02 * trained.ConstantLoss, $"{trained.ValidationLoss} of {trained.ConstantLoss}");
    }

    [Fact]
    public void A_zero_inflated_lognormal_recovers_what_the_customers_were_drawn_from()
    {
        const int rows = 20_000;
        var noise = new Noise(5);
        var (x, targets) = (new float[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            x[row] = row % 2 == 0 ? -1 : 1;
            var (buys, mu, sigma) = Truth(x[row]);
            var luck = (noise.Symmetric<double>((3 * rows) + row) + 1) / 2;
            targets[row] = luck < buys ? (float)Math.Exp(mu + (sigma * noise.Normal(row))) : 0;
        }

        var start = Networks.Perceptron(1, new ZeroInflatedLognormal<float>(), 1, 0, 8);
        var network = Train(start, x, targets, new() { LearningRate = .01 }).Network;
        foreach (var side in (float[])[-1, 1])
        {
            var logits = new float[3];
            network.Logits([side], logits);
            var found = ((ZeroInflatedLognormal<float>)network.Head).Distribution(logits);
            var (buys, mu, sigma) = Truth(side);
            Assert.Equal(buys, found.Buys, .02);
            Assert.Equal(mu, found.Mu, .04);
            Assert.Equal(sigma, found.Sigma, .04);
            Assert.Equal(buys * Math.Exp(mu + (sigma * sigma / 2)), network.Predict([side]), .06 * network.Predict([side]));
        }

        static (double Buys, double Mu, double Sigma) Truth(float side) => side < 0 ? (.2, 1, .5) : (.7, 2.5, .9);
    }

    private static (float[] Rows, float[] Targets) Patterns(Network<float> network, int rows, ulong seed, int from, int to)
    {
        var x = Numbers.Uniform<float>(rows * network.Inputs, seed);
        var targets = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            // Up, down, up: the same numbers in another order are not the pattern.
            var at = (row * network.Inputs) + from + (row / 2 % (to - from + 1));
            targets[row] = row % 2;
            (x[at], x[at + 1], x[at + 2]) = row % 2 == 1 ? (2f, -2f, 2f) : (2f, 2f, -2f);
        }

        return (x, targets);
    }

    private static TrainedNetwork<float> Train(Network<float> start, float[] x, float[] targets, TrainingOptions options) =>
        NetworkTrainer.Train(start, new TrainingRows<float>(x, start.Inputs, targets), options);
}
