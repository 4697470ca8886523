using System.Collections.Immutable;
using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Valuation.Models;

/// <summary>
/// The stores that a new store is taken to be one of, until its own customers say what they are like. To add one, add its line: fits are by
/// <c>clv fit --model pareto-nbd --prior 0</c> to all the data.
/// </summary>
public static class KnownStores
{
    /// <summary>Model of which parameters are known.</summary>
    public const string Family = "pareto-nbd";

    // Stores in general differ by a factor of about four either way: set beforehand, not chosen on docs/models/small-stores.md.
    private const double Spread = 1.5;

    private static readonly ImmutableArray<string> Names = ["r", "alpha", "s", "beta"];

    /// <summary>The stores.</summary>
    public static ImmutableArray<KnownStore> All { get; } =
    [
        new("cdnow", "Music shop, USA, 23,570 customers of 1997; clv fit of CDNOW_master.txt to 1998-06-30", .6110, 13.6142, .3126, 6.1486),
        new(
            "online-retail", "Gift wholesaler, UK, 5,878 customers of 2009 to 2011; clv fit of UCI Online Retail II",
            .7387, 10.2806, .1823, 55.2761),
        new(
            "donors", "Charity, 18,417 donors of 2005 to 2015 (De Bruyn, ESSEC); clv fit of purchases.txt",
            .9498, 123.4826, 1.1917, 695.8046),
        new(
            "groceries", "Grocer, 1,525 customers (Platzer and Reutterer 2016, Pareto/GGG; vignette of BTYDplus)",
            .948, 5.243, .432, 4.348),
        new("apparel", "Simulated fashion shop, 250 customers (README of CLVTools)", .7866, 5.3349, .3570, 11.6152),
        new("simulated", "The store of clv simulate", .8, 8, .6, 20),
    ];

    /// <summary>What to expect of a store that has not been seen.</summary>
    /// <param name="except">Name of a known store that the prior must not contain, to be judged on it; null for none.</param>
    public static ParameterPrior Prior(string? except = null) =>
        ParameterPrior.OfStores(Names, [.. All.Where(s => s.Name != except).Select(s => s.Parameters)], Spread);
}
