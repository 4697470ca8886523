using System.Collections.Immutable;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Valuation.Intervals;

/// <summary>
/// The level as equally likely factors around what is predicted, which all customers share: quantiles of its error, computed once for a
/// champion and a horizon, so that no answer waits for a simulation and the same question gives the same bits.
/// </summary>
public sealed class LevelDraws
{
    /// <summary>Draws for one customer, whose own spread is much wider than the level's.</summary>
    public const int OfCustomer = 16;

    /// <summary>Draws for a total, in which the level is most of the spread.</summary>
    public const int OfTotal = 256;

    // A level that is fifty times off is no level.
    private const double Most = 4;

    private LevelDraws(LevelError? error, int count)
    {
        Logarithms =
            [.. Enumerable.Range(0, count).Select(i => error is null ? 0 : Math.Clamp(error.LogRatio((i + .5) / count), -Most, Most))];
        Factors = [.. Logarithms.Select(Math.Exp)];
    }

    /// <summary>Logarithms of the factors, rising.</summary>
    public ImmutableArray<double> Logarithms { get; }

    /// <summary>The factors, rising.</summary>
    public ImmutableArray<double> Factors { get; }

    /// <summary>The level is known.</summary>
    public static LevelDraws Known { get; } = new(null, OfCustomer);

    /// <summary>Draws of an error for one customer's value.</summary>
    public static LevelDraws ForCustomer(LevelError error) => new(error, OfCustomer);

    /// <summary>Draws of an error for totals.</summary>
    public static LevelDraws ForTotals(LevelError error) => new(error, OfTotal);
}
