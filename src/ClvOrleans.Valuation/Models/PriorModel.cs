using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Models;

/// <summary>What stands in until a store has trained its own model.</summary>
public static class PriorModel
{
    /// <summary>
    /// Pareto/NBD as published for an online music shop (CDNOW; Fader and Hardie 2005): r .553, α 10.578, s .606, β 11.669, in weeks.
    /// The value of an order is the customer's own.
    /// </summary>
    public static ModelVersion Version { get; } = new()
    {
        Id = "prior",
        Family = "pareto-nbd",
        IsPrior = true,
        Parameters = ImmutableSortedDictionary<string, double>.Empty.Add("r", .553).Add("alpha", 10.578).Add("s", .606).Add("beta", 11.669),
    };
}
