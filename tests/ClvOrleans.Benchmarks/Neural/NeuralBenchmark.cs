using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;
using ClvOrleans.Statistics.Neural.Training;

namespace ClvOrleans.Benchmarks.Neural;

/// <summary>The 64-64-1 network on 60 features: scoring a batch and one customer, against plain loops, and training.</summary>
internal static class NeuralBenchmark
{
    private const int Features = 60;

    /// <summary>Prints a line for each.</summary>
    public static void Run(int customers)
    {
        var noise = new Noise(1);
        var rows = new float[customers * Features];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = noise.Symmetric<float>(i);
        }

        var network = Networks.Perceptron(Features, new SquaredError<float>(), 1);
        var some = rows[..Math.Min(rows.Length, 200_000 * Features)];
        var plain = Rate(some.Length / 10, Features, part => Plain(network, some, part / Features));
        Console.WriteLine(FormattableString.Invariant($"plain loops: {plain:N0} customers/s on one core"));
        Batch("64-64-1", network, some, plain);
        Batch("64-64-3, zero-inflated lognormal", Networks.Perceptron(Features, new ZeroInflatedLognormal<float>(), 1), some, plain);
        var convolutional = Networks.Convolutional(52, 8, Features, new SquaredError<float>(), 1);
        Batch("CNN, 52 weeks of 8 channels and 60 features", convolutional, some, plain);
        var sequences = some.ToArray();
        var recurrent = Networks.Recurrent(20, 8, Features, new SquaredError<float>(), 1);
        for (var row = 0; row < sequences.Length / recurrent.Inputs; row++)
        {
            sequences[row * recurrent.Inputs] = 20;
        }

        Batch("GRU, 20 steps of 8 channels and 60 features", recurrent, sequences, plain);
        One(network, rows);
        Train(rows, customers);
    }

    private static void Batch(string name, Network<float> network, float[] rows, double plain)
    {
        var predictions = new float[rows.Length / network.Inputs];
        var rate = Rate(predictions.Length * network.Inputs, network.Inputs, length =>
        {
            network.Predict(rows.AsSpan(0, length), predictions);
            return 0;
        });
        Console.WriteLine(FormattableString.Invariant($"{name}: {rate:N0} customers/s on one core, {rate / plain:F1} times plain loops"));
    }

    /// <summary>Customers a second in the best of five runs, after one that does not count.</summary>
    private static double Rate(int length, int width, Func<int, float> work)
    {
        work(length);
        return length / width / Enumerable.Range(0, 5).Min(_ => Clock.Time(() => work(length)).Clock.Wall);
    }

    private static void One(Network<float> network, float[] rows)
    {
        var live = new LiveRecurrence<float>(Networks.Recurrent(52, 8, Features, new ZeroInflatedLognormal<float>(), 1));
        var state = new float[live.StateLength];
        var customers = rows.Length / Features;
        var score = Clock.Median(i => network.Predict(rows.AsSpan(i % customers * Features, Features)));
        var advance = Clock.Median(i =>
        {
            live.Advance(rows.AsSpan(i % customers * Features, 8), state);
            return state[0];
        });
        var predict = Clock.Median(i => live.Predict(state, rows.AsSpan(i % customers * Features, Features)));
        Console.WriteLine(FormattableString.Invariant(
            $"""
            one customer, median: 64-64-1 {score:F2} µs
              GRU of 32 units: a step of 8 channels {advance:F2} µs, a prediction with 60 features {predict:F2} µs
            """));
    }

    private static void Train(float[] rows, int customers)
    {
        var noise = new Noise(2);
        var targets = new float[customers];
        for (var i = 0; i < customers; i++)
        {
            var x = rows.AsSpan(i * Features, Features);
            targets[i] = x[0] + x[1] > noise.Symmetric<float>(i) ? MathF.Exp(2 + x[2] + (x[3] * x[4])) : 0;
        }

        var data = new TrainingRows<float>(rows, Features, targets);
        var few = new TrainingOptions { Epochs = 3, BatchRows = 1_024 };
        Train("three epochs", new SquaredError<float>(), data, few with { Threads = 1 });
        Train("three epochs", new ZeroInflatedLognormal<float>(), data, few with { Threads = 1 });
        Train("the whole training", new SquaredError<float>(), data, new TrainingOptions());
        Train("the whole training", new ZeroInflatedLognormal<float>(), data, new TrainingOptions());
    }

    private static void Train(string name, IOutputLayer<float> head, TrainingRows<float> data, TrainingOptions options)
    {
        var (trained, clock) = Clock.Time(() => NetworkTrainer.Train(Networks.Perceptron(Features, head, 1, .1), data, options));
        Console.WriteLine(FormattableString.Invariant(
            $"""
            {name} of 64-64-{head.Logits} on {data.Count:N0} x {Features} with {options.Threads} threads: {clock}
              {trained.Curve.Length} epochs, best {trained.BestEpoch}, loss {trained.ValidationLoss:F4}, of a constant {trained.ConstantLoss:F4}
            """));
    }

    /// <summary>The same network by the definition: for each unit, the sum over its inputs.</summary>
    private static float Plain(Network<float> network, float[] rows, int customers)
    {
        var sum = 0f;
        for (var row = 0; row < customers; row++)
        {
            var x = rows.AsSpan(row * Features, Features).ToArray();
            var parameters = network.Parameters;
            foreach (var layer in network.Body.Layers.OfType<Dense<float>>())
            {
                var y = new float[layer.Outputs];
                for (var j = 0; j < y.Length; j++)
                {
                    y[j] = parameters[(layer.Inputs * layer.Outputs) + j];
                    for (var k = 0; k < x.Length; k++)
                    {
                        y[j] += x[k] * parameters[(k * layer.Outputs) + j];
                    }

                    y[j] = MathF.Max(y[j], 0);
                }

                parameters = parameters[layer.Parameters..];
                x = y;
            }

            sum += x[0];
        }

        return sum;
    }
}
