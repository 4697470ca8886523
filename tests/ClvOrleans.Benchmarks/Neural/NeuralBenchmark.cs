using System.Diagnostics;
using ClvOrleans.Model.Neural;
using ClvOrleans.Model.Neural.Heads;
using ClvOrleans.Model.Neural.Layers;
using ClvOrleans.Model.Neural.Training;

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
        Batch("64-64-1", network, rows[..Math.Min(rows.Length, 200_000 * Features)]);
        Batch("64-64-3, zero-inflated lognormal", Networks.Perceptron(Features, new ZeroInflatedLognormal<float>(), 1), rows[..Math.Min(rows.Length, 200_000 * Features)]);
        One(network, rows);
        Train(rows, customers);
    }

    private static void Batch(string name, Network<float> network, float[] rows)
    {
        var predictions = new float[rows.Length / Features];
        network.Predict(rows, predictions);
        var best = Enumerable.Range(0, 5).Min(_ => Clock.Time(() =>
        {
            network.Predict(rows, predictions);
            return 0;
        }).Clock.Wall);
        var some = Math.Min(predictions.Length, 5_000);
        Plain(network, rows, 500);
        var plain = Enumerable.Range(0, 5).Min(_ => Clock.Time(() => Plain(network, rows, some)).Clock.Wall) / some * predictions.Length;
        Console.WriteLine(FormattableString.Invariant(
            $"{name}: {predictions.Length / best:N0} customers/s on one core, {plain / best:F1} times plain loops"));
    }

    private static void One(Network<float> network, float[] rows)
    {
        var live = new LiveRecurrence<float>(Networks.Recurrent(52, 8, Features, new ZeroInflatedLognormal<float>(), 1));
        var state = new float[live.StateLength];
        var customers = rows.Length / Features;
        Console.WriteLine(FormattableString.Invariant(
            $"""
            one customer, median: 64-64-1 {Median(i => network.Predict(rows.AsSpan(i % customers * Features, Features))):F2} µs
              GRU of 32 units: a step of 8 channels {Median(i =>
              {
                  live.Advance(rows.AsSpan(i % customers * Features, 8), state);
                  return state[0];
              }):F2} µs, a prediction with 60 features {Median(i => live.Predict(state, rows.AsSpan(i % customers * Features, Features))):F2} µs
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
        foreach (var threads in (int[])[1, 2])
        {
            var options = new TrainingOptions { Epochs = 3, BatchRows = 1_024, Threads = threads };
            foreach (IHead<float> head in (IHead<float>[])[new SquaredError<float>(), new ZeroInflatedLognormal<float>()])
            {
                var (trained, clock) = Clock.Time(() => NetworkTrainer.Train(Networks.Perceptron(Features, head, 1, .1), data, options));
                Console.WriteLine(FormattableString.Invariant(
                    $"{customers:N0} x {Features}, {head.GetType().Name}, {threads} threads: an epoch in {clock.Wall / 3:F2} s ({clock.Processor / 3:F2} s of processor), loss {trained.ValidationLoss:F4} of {trained.ConstantLoss:F4}"));
            }
        }
    }

    private static double Median(Func<int, float> work)
    {
        const int calls = 100;
        var times = new double[2_001];
        var sum = 0f;
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var call = 0; call < calls; call++)
            {
                sum += work((i * calls) + call);
            }

            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
        }

        Array.Sort(times);
        return float.IsNaN(sum) ? double.NaN : times[times.Length / 2];
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
