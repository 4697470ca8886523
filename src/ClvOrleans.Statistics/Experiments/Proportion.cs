namespace ClvOrleans.Statistics.Experiments;

/// <summary>How many units of an arm did something, such as buy.</summary>
/// <param name="Successes">Number of those who did.</param>
/// <param name="Trials">Number of all.</param>
public readonly record struct Proportion(long Successes, long Trials)
{
    /// <summary>Successes among the trials, 0 to 1.</summary>
    public double Rate => (double)Successes / Trials;

    /// <summary>The proportion as a sample of zeros and ones, with the variance p (1 - p).</summary>
    public Sample Sample => new(Trials, Rate, Rate * (1 - Rate));

    internal Proportion Checked(string arm) => Trials < 1
        ? throw new ExperimentException($"The {arm} has no units.")
        : Successes >= 0 && Successes <= Trials
            ? this
            : throw new ArgumentException($"The {arm} has {Successes} successes in {Trials} trials; there can be from 0 to {Trials}.");

    // Wilson's score interval (1927).
    internal ConfidenceInterval Wilson(double z)
    {
        var (n, square) = ((double)Trials, z * z);
        var centre = Rate + (square / (2 * n));
        var half = z * Math.Sqrt((Rate * (1 - Rate) / n) + (square / (4 * n * n)));
        return new ConfidenceInterval(Math.Max(0, (centre - half) / (1 + (square / n))), Math.Min(1, (centre + half) / (1 + (square / n))));
    }
}
