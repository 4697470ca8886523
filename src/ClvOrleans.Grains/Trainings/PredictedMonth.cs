using ClvOrleans.Domain.Currencies;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Grains.Trainings;

/// <summary>Predictions beside what came.</summary>
/// <param name="MadeOn">Local day as of which they were made.</param>
/// <param name="Until">Last day predicted.</param>
/// <param name="Orders">Purchase days of all buyers.</param>
/// <param name="Value">Net spend of all buyers, in major units.</param>
/// <param name="Tenths">The same by predicted value, the least first.</param>
public sealed record PredictedMonth(
    DateOnly MadeOn, DateOnly Until, PredictedLevel Orders, PredictedLevel Value, IReadOnlyList<PredictedTenth> Tenths)
{
    /// <summary>How often values were within their intervals; null but for the last month predicted.</summary>
    public PredictedIntervals? Intervals { get; init; }

    /// <summary>A month as the API shows it.</summary>
    public static PredictedMonth Of(Calibration month, Currency currency)
    {
        var minor = 1 / (double)currency.ToMajor(new Money(1));
        return new PredictedMonth(
            month.MadeOn, month.Until, PredictedLevel.Of(month.Orders, 1), PredictedLevel.Of(month.Value, minor),
            [.. month.Groups.Select(
                g => new PredictedTenth(g.Customers, PredictedLevel.Of(g.Orders, 1), PredictedLevel.Of(g.Value, minor))
                {
                    Intervals = PredictedIntervals.Of(g.Hits),
                })])
        {
            Intervals = PredictedIntervals.Of(month.Hits),
        };
    }
}
