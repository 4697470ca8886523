namespace ClvOrleans.Statistics.Neural.Training;

/// <summary>How a network is trained. The defaults suit shops of some thousand customers and more.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training rows at most; default 60.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Rows in a mini-batch; default 256.</summary>
    public int BatchRows { get; init; } = 256;

    /// <summary>Learning rate of Adam at the start; default 0.002.</summary>
    public double LearningRate { get; init; } = .002;

    /// <summary>How the rate changes; default cosine.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Cosine;

    /// <summary>Decoupled weight decay (AdamW): each step takes rate × decay off each weight, not off biases; default 0.0001.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>The gradient of a mini-batch is shortened to this Euclidean norm; default 5.</summary>
    public double GradientNorm { get; init; } = 5;

    /// <summary>Share of rows, drawn by the seed, that training never sees and that choose the best epoch; default 0.15.</summary>
    public double ValidationShare { get; init; } = .15;

    /// <summary>Epochs without a better one before it stops early; default 8.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Fewest rows that are trained on; default 200.</summary>
    public int FewestRows { get; init; } = 200;

    /// <summary>Decides the split, the order of rows and the dropout; default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads at most; the result does not depend on it. Default: as many as there are processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Throws where an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchRows, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(GradientNorm);
        ArgumentOutOfRangeException.ThrowIfLessThan(ValidationShare, .01);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ValidationShare, .5);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FewestRows, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}
