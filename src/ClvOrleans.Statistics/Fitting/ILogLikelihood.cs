namespace ClvOrleans.Statistics.Fitting;

/// <summary>The log-likelihood of one family over rows of one key, with its gradient.</summary>
internal interface ILogLikelihood
{
    /// <summary>Number of parameters, all positive.</summary>
    int Dimension { get; }

    /// <summary>Adds the weighted sum of ln L to <paramref name="sums"/>[0] and its derivative by parameter i to [i + 1].</summary>
    void Add(
        ReadOnlySpan<double> parameters,
        double key,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> weight,
        Span<double> sums);
}
