using System.Numerics;
using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>
/// Trains a network: mini-batches, Adam, a validation split with early stopping at the best epoch. The same rows, options and starting
/// network give the same bits, with any number of threads.
/// </summary>
public static class NetworkTrainer
{
    /// <summary>A trained copy of <paramref name="start"/>; its head is put in the scale of the targets.</summary>
    /// <param name="start">Shape, head and starting parameters; the last biases start from the best constant prediction instead.</param>
    /// <param name="data">Rows of as many numbers as the network takes.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Is told each epoch.</param>
    /// <param name="cancel">Stops between mini-batches.</param>
    /// <exception cref="FitException">The rows cannot be learned from, or training diverged; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainedNetwork<T> Train<T>(
        Network<T> start,
        TrainingRows<T> data,
        TrainingOptions options,
        IProgress<EpochLoss>? progress = null,
        CancellationToken cancel = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.Width, start.Inputs);
        data.Check(start.Head, options.FewestRows);
        return new TrainingLoop<T>(start, data, options).Run(progress, cancel);
    }
}
