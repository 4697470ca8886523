using System.Collections.Immutable;

namespace ClvOrleans.Statistics.Fitting;

/// <summary>What the engine needs to know of a family of positive parameters.</summary>
/// <param name="Kernel">Its likelihood.</param>
/// <param name="Names">Names of its parameters.</param>
/// <param name="Prior">Centre of the prior: what was published for another shop, in the units of the data.</param>
/// <param name="Starts">Where to start.</param>
internal sealed record Family(
    ILogLikelihood Kernel, ImmutableArray<string> Names, ImmutableArray<double> Prior, IReadOnlyList<double[]> Starts);
