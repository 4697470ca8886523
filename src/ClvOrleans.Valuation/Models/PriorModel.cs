using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Models;

/// <summary>What stands in until a store has trained its own model.</summary>
public static class PriorModel
{
    /// <summary>
    /// Pareto/NBD in weeks, as what is known of other stores has it (<see cref="KnownStores"/>), with how much stores differ as the
    /// uncertainty of its parameters. The value of an order is the customer's own.
    /// </summary>
    public static ModelVersion Version { get; } = Of();

    private static ModelVersion Of()
    {
        var prior = KnownStores.Prior();
        return new ModelVersion
        {
            Id = "prior",
            Family = KnownStores.Family,
            IsPrior = true,
            Parameters = prior.Names.Zip(prior.Centre).ToImmutableSortedDictionary(p => p.First, p => p.Second),
            Fitted = prior.Names,
            Covariance = prior.Covariance,
        };
    }
}
