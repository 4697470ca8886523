using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Outputs;
using ClvOrleans.Statistics.Neural.Training;

namespace ClvOrleans.Statistics.Tests.Neural;

public sealed class NetworkTrainerTests
{
    private const int Rows = 1_000;
    private const int Width = 5;

    private static readonly Network<float> Start = Networks.Perceptron(Width, new ZeroInflatedLognormal<float>(), 1, .2, 16, 16);

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_any_number_of_threads()
    {
        var options = new TrainingOptions { Epochs = 4, BatchRows = 500, Threads = 1 };
        var one = NetworkTrainer.Train(Start, Data(), options);
        foreach (var threads in (int[])[1, 2, 3])
        {
            var again = NetworkTrainer.Train(Start, Data(), options with { Threads = threads });
            Assert.Equal(one.Network.ToBytes(), again.Network.ToBytes());
            Assert.Equal(one.Curve, again.Curve);
        }

        Assert.NotEqual(one.Network.ToBytes(), NetworkTrainer.Train(Start, Data(), options with { Seed = 2 }).Network.ToBytes());
    }

    [Fact]
    public void It_stops_when_nothing_gets_better_and_gives_the_best_epoch_back()
    {
        var options = new TrainingOptions { Schedule = RateSchedule.Constant, LearningRate = .02, Patience = 3, Epochs = 200 };
        var trained = NetworkTrainer.Train(Start, Data(), options);
        Assert.Equal(trained.BestEpoch + 3, trained.Curve.Length);
        Assert.Equal(trained.Curve.Min(e => e.Validation), trained.ValidationLoss);
        Assert.True(trained.BeatsConstant);
        var only = NetworkTrainer.Train(Start, Data(), options with { Epochs = trained.BestEpoch });
        Assert.Equal(only.Network.ToBytes(), trained.Network.ToBytes());
    }

    [Fact]
    public void The_rate_follows_its_schedule()
    {
        var options = new TrainingOptions { LearningRate = .01, Epochs = 10, Patience = 10 };
        Assert.All(Rates(options with { Schedule = RateSchedule.Constant }), r => Assert.Equal(.01, r));
        var cosine = Rates(options with { Schedule = RateSchedule.Cosine });
        Assert.Equal(.01 * (.01 + (.99 / 2)), cosine[4], 1e-12);
        Assert.Equal(.0001, cosine[^1], 1e-12);

        options = new TrainingOptions { Schedule = RateSchedule.Plateau, Patience = 2, LearningRate = .05, Epochs = 100 };
        var plateau = NetworkTrainer.Train(Start, Data(), options);
        var (expected, best, lowest) = (.05, 0, double.PositiveInfinity);
        foreach (var epoch in plateau.Curve)
        {
            expected /= epoch.Epoch - 1 > best ? 2 : 1;
            Assert.Equal(expected, epoch.LearningRate);
            (best, lowest) = epoch.Validation < lowest ? (epoch.Epoch, epoch.Validation) : (best, lowest);
        }

        Assert.True(expected < .05);

        double[] Rates(TrainingOptions with) => [.. NetworkTrainer.Train(Start, Data(), with).Curve.Select(e => e.LearningRate)];
    }

    [Fact]
    public void Rows_of_one_customer_do_not_judge_what_was_learned_from_the_others()
    {
        // Four equal rows of each customer, and nothing to learn but by heart.
        const int customers = 250;
        var own = Numbers.Uniform<float>(customers * Width, 1);
        var target = Numbers.Uniform<float>(customers, 2);
        var rows = new TrainingRows<float>(
            Enumerable.Range(0, 4 * customers).SelectMany(i => own[(i / 4 * Width)..((i / 4 * Width) + Width)]).ToArray(),
            Width,
            Enumerable.Range(0, 4 * customers).Select(i => target[i / 4]).ToArray());
        var start = Networks.Perceptron(Width, new SquaredError<float>(), 1, 0, 64, 64);
        var options = new TrainingOptions { LearningRate = .01, Epochs = 100, Patience = 30 };

        Assert.True(NetworkTrainer.Train(start, rows, options).BeatsConstant);
        Assert.False(
            NetworkTrainer.Train(
                start, rows with { Of = Enumerable.Range(0, rows.Count).Select(i => i / 4).ToArray() }, options).BeatsConstant);
    }

    [Fact]
    public void It_says_how_far_it_is_and_stops_when_told()
    {
        using var cancel = new CancellationTokenSource();
        var told = new Told(e =>
        {
            if (e == 3)
            {
                cancel.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => NetworkTrainer.Train(Start, Data(), new TrainingOptions(), told, cancel.Token));
        Assert.Equal([1, 2, 3], told.Epochs);
    }

    [Fact]
    public void What_cannot_be_learned_from_is_refused_with_the_reason()
    {
        Refused("input 2 of row 7 is NaN", Data(x => x[(7 * Width) + 2] = float.NaN));
        Refused("input 0 of row 0 is Infinity", Data(x => x[0] = float.PositiveInfinity));
        Refused("the target of row 9 is NaN", Data(t: t => t[9] = float.NaN));
        Refused("a target is -1", Data(t: t => t[9] = -1));
        Refused("only 0 targets are above zero", Data(t: t => Array.Clear(t)));
        Refused("all targets above zero are the same", Data(t: t => Array.Fill(t, 8)));
        Refused("there are 199 customers, and at least 200 are needed", new(new float[199 * Width], Width, new float[199]));
        Refused("1000 rows are said to be of 3 customers", Data() with { Of = new int[3] });
        Refused("too few customers are left to learn from", Data() with { Of = new int[Rows] });
        Refused("1000 targets with 5 inputs each need 5000 numbers, but there are 4999", new(new float[4_999], Width, new float[Rows]));

        static void Refused(string reason, TrainingRows<float> data)
        {
            var refusal = Assert.Throws<FitException>(() => NetworkTrainer.Train(Start, data, new TrainingOptions()));
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Divergence_is_found_and_reported()
    {
        var failure = Assert.Throws<FitException>(() => NetworkTrainer.Train(Start, Data(), new TrainingOptions { LearningRate = 1e30 }));
        Assert.StartsWith("training diverged in epoch 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_of_a_sequence_is_one_error_with_any_number_of_threads()
    {
        var start = Networks.Recurrent(2, 1, 0, new SquaredError<float>(), 1);
        var x = new float[Rows * 3];
        x[30] = 9;
        var data = new TrainingRows<float>(x, 3, Numbers.Uniform<float>(Rows, 1));
        Assert.Throws<ArgumentException>(() => NetworkTrainer.Train(start, data, new TrainingOptions { Threads = 2, BatchRows = 1_000 }));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        var options = new TrainingOptions { ValidationShare = .9 };
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => NetworkTrainer.Train(Start, Data(), options));
        Assert.Equal("ValidationShare", e.ParamName);
    }

    /// <summary>Who buys and for how much hang on the first two inputs.</summary>
    private static TrainingRows<float> Data(Action<float[]>? x = null, Action<float[]>? t = null)
    {
        var inputs = Numbers.Uniform<float>(Rows * Width, 1);
        var luck = Numbers.Uniform<float>(Rows, 2);
        var targets = Enumerable.Range(0, Rows)
            .Select(i => inputs[i * Width] > luck[i] ? MathF.Exp(1 + inputs[(i * Width) + 1] + (luck[i] / 2)) : 0)
            .ToArray();
        x?.Invoke(inputs);
        t?.Invoke(targets);
        return new TrainingRows<float>(inputs, Width, targets);
    }

    private sealed class Told(Action<int> then) : IProgress<EpochLoss>
    {
        public List<int> Epochs { get; } = [];

        public void Report(EpochLoss value)
        {
            Epochs.Add(value.Epoch);
            then(value.Epoch);
        }
    }
}
