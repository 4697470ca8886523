using System.ComponentModel;

namespace ClvOrleans.Valuation.Estimates;

/// <summary>
/// What a purchase may be expected to be worth, in minor units: what has been paid for one. A spend model whose population has a heavy tail
/// has a mean beyond everything that anyone ever paid.
/// </summary>
/// <param name="Least">The least, at least 0.</param>
/// <param name="Most">The most.</param>
public readonly record struct SpendRange(
    [property: Description("The least, in minor units.")] double Least, [property: Description("The most, in minor units.")] double Most)
{
    /// <summary>The values of the purchase days of customers that are positive; null where there are none.</summary>
    public static SpendRange? Of(IEnumerable<double> paid)
    {
        var (least, most) = (double.PositiveInfinity, 0.0);
        foreach (var value in paid)
        {
            (least, most) = value > 0 ? (Math.Min(least, value), Math.Max(most, value)) : (least, most);
        }

        return most > 0 ? new SpendRange(least, most) : null;
    }

    /// <summary>The range with one more value in it.</summary>
    public SpendRange With(double value) => new(Math.Min(Least, value), Math.Max(Most, value));
}
