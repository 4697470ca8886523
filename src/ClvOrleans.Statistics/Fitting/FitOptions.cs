namespace ClvOrleans.Statistics.Fitting;

/// <summary>How to fit a model.</summary>
public sealed record FitOptions
{
    /// <summary>The defaults: a prior too weak to be seen in a few hundred customers, that keeps a few dozen from running away.</summary>
    public static FitOptions Default { get; } = new();

    /// <summary>No prior: the estimates that papers print.</summary>
    public static FitOptions MaximumLikelihood { get; } = new() { PriorStrength = 0 };

    /// <summary>
    /// Strength κ of the prior, at least 0: the logarithm of each parameter is normal with standard deviation 3/√κ about the value
    /// published for another shop. Default 1, which allows a factor of 400 either way; 0 is maximum likelihood.
    /// </summary>
    public double PriorStrength { get; init; } = 1;

    /// <summary>Customers needed. Default 30.</summary>
    public int MinimumCustomers { get; init; } = 30;

    /// <summary>Threads. Default: the processors of the machine. The result is the same to the bit with any number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Intervals of the parameters to find; null, the default, for none.</summary>
    public IntervalOptions? Intervals { get; init; }

    /// <summary>
    /// What is known of the parameters before the data, instead of the weak prior of <see cref="PriorStrength"/>, which effects of
    /// covariates keep. Null, the default, for nothing. With it a lifetime model is fitted to any customers, also to few and to those who
    /// have never bought twice: what they do not say, the prior does.
    /// </summary>
    public ParameterPrior? Prior { get; init; }
}
