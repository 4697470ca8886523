using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Models;

/// <summary>What customers of a store are like, as numbers: Pareto/NBD in weeks.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Origin">Where the numbers come from.</param>
/// <param name="R">r: shape of the purchase rate.</param>
/// <param name="Alpha">α: rate of the purchase rate.</param>
/// <param name="S">s: shape of the dropout rate.</param>
/// <param name="Beta">β: rate of the dropout rate.</param>
public sealed record KnownStore(string Name, string Origin, double R, double Alpha, double S, double Beta)
{
    /// <summary>The parameters in the order of a fit.</summary>
    internal ImmutableArray<double> Parameters => [R, Alpha, S, Beta];
}
