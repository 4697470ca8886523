using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>One training of one network, from the split to the best epoch.</summary>
internal sealed class TrainingLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> start;
    private readonly TrainingRows<T> data;
    private readonly TrainingOptions options;
    private readonly IOutputLayer<T> head;
    private readonly Noise noise;
    private readonly int[] learned;
    private readonly int[] held;
    private readonly T[] parameters;
    private readonly Adam<T> adam;
    private readonly BatchPart<T>[] parts;
    private readonly double[] losses;
    private readonly T[] constant;
    private readonly double constantLoss;
    private readonly ParallelOptions parallel;

    public TrainingLoop(Network<T> start, TrainingRows<T> data, TrainingOptions options)
    {
        (this.start, this.data, this.options) = (start, data, options);
        noise = new Noise(options.Seed);
        (held, learned) = Split(data, options.ValidationShare, noise.Part(0));

        // The scale and the start come from the rows that are learned from, not from those that judge.
        var targets = Array.ConvertAll(learned, row => data.Targets.Span[row]);
        if (start.Head.Refusal(targets) is { } reason)
        {
            throw new FitException("of the rows to learn from, " + reason);
        }

        head = start.Head.ScaledTo(targets);
        parameters = start.Parameters.ToArray();
        var bias = parameters.AsSpan(parameters.Length - head.Logits);
        head.Constant(targets, bias);
        constant = bias.ToArray();
        constantLoss = ConstantLoss(constant);
        var decay = new T[parameters.Length];
        start.Body.Initialise(new T[parameters.Length], decay, noise);
        adam = new Adam<T>(parameters.Length, decay);
        var count = Math.Max(1, (Math.Min(options.BatchRows, learned.Length) + BatchPart<T>.Rows - 1) / BatchPart<T>.Rows);
        parts = [.. Enumerable.Range(0, count).Select(_ => new BatchPart<T>(start.Body, head, data))];
        losses = new double[count];
        parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
    }

    public TrainedNetwork<T> Run(IProgress<EpochLoss>? progress, CancellationToken cancel)
    {
        var curve = new List<EpochLoss>();
        var best = parameters.ToArray();
        var (bestLoss, bestEpoch, rate) = (double.PositiveInfinity, 0, options.LearningRate);
        for (var epoch = 1; epoch <= options.Epochs && epoch - bestEpoch <= options.Patience; epoch++)
        {
            rate = options.Schedule == RateSchedule.Plateau && StoodStill(epoch - 1 - bestEpoch) ? rate / 2 : rate;
            var (training, last) = Learn(epoch, rate, cancel);
            var validation = ValidationLoss(cancel);
            if (!double.IsFinite(validation))
            {
                throw new FitException($"training diverged in epoch {epoch}: the validation loss is not finite");
            }

            curve.Add(new EpochLoss(epoch, training, validation, last));
            progress?.Report(curve[^1]);
            if (validation < bestLoss)
            {
                (bestLoss, bestEpoch) = (validation, epoch);
                parameters.CopyTo(best, 0);
            }
        }

        var network = new Network<T>(start.Body, head, best);
        return new TrainedNetwork<T>(network, [.. curve], bestEpoch, constantLoss, GainError(network, constantLoss - bestLoss));
    }

    /// <summary>Rows that judge and rows to learn from; those of one customer are on the same side.</summary>
    private static (int[] Held, int[] Learned) Split(TrainingRows<T> data, double share, Noise noise)
    {
        var rows = Enumerable.Range(0, data.Count).ToArray();
        var count = Math.Max(1, (int)(data.Count * share));
        if (data.Of.IsEmpty)
        {
            noise.Shuffle(rows);
            return (rows[..count], rows[count..]);
        }

        var groups = rows.GroupBy(row => data.Of.Span[row]).Select(g => g.ToArray()).ToArray();
        var order = Enumerable.Range(0, groups.Length).ToArray();
        noise.Shuffle(order);
        rows = [.. order.SelectMany(g => groups[g])];
        while (count < rows.Length && data.Of.Span[rows[count]] == data.Of.Span[rows[count - 1]])
        {
            count++;
        }

        return count < rows.Length ? (rows[..count], rows[count..]) : throw new FitException("too few customers are left to learn from");
    }

    private bool StoodStill(int epochs) => epochs > 0 && epochs % Math.Max(1, options.Patience / 2) == 0;

    /// <summary>One pass over the rows in an order of its own; the mean loss and the rate of the last step.</summary>
    private (double Loss, double Rate) Learn(int epoch, double rate, CancellationToken cancel)
    {
        noise.Part(2 * epoch).Shuffle(learned);
        var sum = 0.0;
        var steps = (learned.Length + options.BatchRows - 1) / options.BatchRows;
        for (var step = 0; step < steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var first = step * options.BatchRows;
            var count = Math.Min(options.BatchRows, learned.Length - first);
            var used = InParts(first, count, learned, (part, rows, offset) =>
                part.Learn(parameters, rows, noise.Part((2 * epoch) + 1).Part(step), offset));
            var loss = SumOfLosses(used);
            var gradient = Reduce(used, count);
            var norm = GradientNorm.Of<T>(gradient);
            if (!double.IsFinite(loss) || !double.IsFinite(norm))
            {
                throw new FitException(
                    $"training diverged in epoch {epoch} at mini-batch {step + 1} of {steps}: the loss or its gradient is not finite");
            }

            GradientNorm.Shorten(gradient, norm, options.GradientNorm);
            sum += loss;
            if (options.Schedule == RateSchedule.Cosine)
            {
                var done = (epoch - 1 + ((step + 1.0) / steps)) / options.Epochs;
                rate = options.LearningRate * (.01 + (.99 * .5 * (1 + Math.Cos(Math.PI * done))));
            }

            adam.Step(parameters, gradient, rate, options.WeightDecay);
        }

        return (sum / learned.Length, rate);
    }

    private double ValidationLoss(CancellationToken cancel)
    {
        var sum = 0.0;
        var stride = parts.Length * BatchPart<T>.Rows;
        for (var first = 0; first < held.Length; first += stride)
        {
            cancel.ThrowIfCancellationRequested();
            var used = InParts(first, Math.Min(stride, held.Length - first), held, (part, rows, _) => part.Loss(parameters, rows));
            sum += SumOfLosses(used);
        }

        return sum / held.Length;
    }

    private double ConstantLoss(ReadOnlySpan<T> logits)
    {
        var targets = data.Targets.Span;
        Span<T> ignored = stackalloc T[head.Logits];
        var sum = 0.0;
        foreach (var row in held)
        {
            sum += double.CreateTruncating(head.Loss(logits, targets[row], ignored));
        }

        return sum / held.Length;
    }

    private double GainError(Network<T> network, double mean)
    {
        var inputs = data.Inputs.Span;
        var targets = data.Targets.Span;
        Span<T> logits = stackalloc T[head.Logits];
        Span<T> ignored = stackalloc T[head.Logits];
        var squares = 0.0;
        foreach (var row in held)
        {
            network.Logits(inputs.Slice(row * data.Width, data.Width), logits);
            var gain = double.CreateTruncating(head.Loss(constant, targets[row], ignored) - head.Loss(logits, targets[row], ignored));
            squares += (gain - mean) * (gain - mean);
        }

        return Math.Sqrt(squares) / held.Length;
    }

    /// <summary>Works on each part of these rows, on several threads, and keeps their losses; the number of parts.</summary>
    private int InParts(int first, int count, int[] rows, Work work)
    {
        var used = (count + BatchPart<T>.Rows - 1) / BatchPart<T>.Rows;
        void One(int part)
        {
            var offset = part * BatchPart<T>.Rows;
            losses[part] = work(parts[part], rows.AsSpan(first + offset, Math.Min(BatchPart<T>.Rows, count - offset)), offset);
        }

        if (used == 1 || options.Threads == 1)
        {
            for (var part = 0; part < used; part++)
            {
                One(part);
            }
        }
        else
        {
            try
            {
                Parallel.For(0, used, parallel, One);
            }
            catch (AggregateException e)
            {
                // One bad row is one error, whatever the number of threads.
                ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            }
        }

        return used;
    }

    private double SumOfLosses(int used)
    {
        var sum = 0.0;
        foreach (var loss in losses.AsSpan(0, used))
        {
            sum += loss;
        }

        return sum;
    }

    /// <summary>The mean gradient: parts in order, then divided by the number of rows.</summary>
    private Span<T> Reduce(int used, int rows)
    {
        var total = parts[0].Gradient.AsSpan();
        for (var part = 1; part < used; part++)
        {
            TensorPrimitives.Add(total, parts[part].Gradient, total);
        }

        TensorPrimitives.Divide(total, T.CreateTruncating(rows), total);
        return total;
    }

    private delegate double Work(BatchPart<T> part, ReadOnlySpan<int> rows, int offset);
}
