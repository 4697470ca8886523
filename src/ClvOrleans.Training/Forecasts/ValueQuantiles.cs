using System.Collections.Immutable;

namespace ClvOrleans.Training.Forecasts;

/// <summary>
/// A distribution of a value by n quantiles, at the probabilities (i + 1/2) / n, i = 0 to n - 1: as sorted draws of a simulation are, or
/// as a quantile function gives them. <see cref="Of"/> asks the latter.
/// </summary>
/// <param name="Values">The quantiles in ascending order, in minor units; at least one.</param>
public sealed record ValueQuantiles(ImmutableArray<double> Values)
{
    /// <summary>Quantiles of a customer's value: these include both ends of the interval of 95 %.</summary>
    public const int OfCustomer = 20;

    /// <summary>Quantiles of a total: these include both ends of the intervals of 50 %, 80 % and 95 %, but for .0025.</summary>
    public const int OfTotal = 200;

    /// <summary>The probabilities of n quantiles.</summary>
    public static ImmutableArray<double> Probabilities(int n) => [.. Enumerable.Range(0, n).Select(i => (i + .5) / n)];

    /// <summary>The distribution with a quantile function.</summary>
    public static ValueQuantiles Of(int n, Func<double, double> quantile) => new([.. Probabilities(n).Select(quantile)]);

    /// <summary>The value that is not exceeded with a probability: between neighbours a straight line, beyond them the outermost.</summary>
    public double Quantile(double probability)
    {
        var place = Math.Clamp((probability * Values.Length) - .5, 0, Values.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, Values.Length - 1);
        return Values[below] + ((place - below) * (Values[above] - Values[below]));
    }
}
