namespace ClvOrleans.Statistics.Fitting;

/// <summary>Which intervals of the parameters to find beside the standard errors. They cost many more fits than the fit itself.</summary>
public sealed record IntervalOptions
{
    /// <summary>Confidence level, above 0 and below 1. Default .95.</summary>
    public double Level { get; init; } = .95;

    /// <summary>How often the customers are resampled, at least 20. Default 200.</summary>
    public int Resamples { get; init; } = 200;

    /// <summary>Seed of the resampling. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
