using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Intervals;

namespace ClvOrleans.Valuation.Segments;

/// <summary>
/// What a group of customers adds up to. All integers, wide enough for any store: sums are exact and independent of order.
/// </summary>
/// <param name="Customers">Number of customers.</param>
/// <param name="Orders">Number of their purchases.</param>
/// <param name="Gross">Value of the purchases before refunds.</param>
/// <param name="Historic">Value net of refunds.</param>
/// <param name="HistoricMargin">The margin kept of it.</param>
/// <param name="Predicted">Predicted value over the store's horizon.</param>
/// <param name="AtRisk">Revenue at risk: what they would bring if alive, times the probability that they have left.</param>
/// <param name="ExpectedOrders">Expected orders over the horizon, in millionths.</param>
/// <param name="Alive">Sum of P(alive), in millionths.</param>
/// <param name="Variance">
/// Sum of the variances of the values, in squared minor units, if the level that all share is as predicted
/// (<see cref="Estimates.Estimate.Variance"/>).
/// </param>
/// <param name="Hazard">Sum of the hazards of a purchase, in millionths: that of all together.</param>
public readonly record struct SegmentSums(
    long Customers, long Orders, Money Gross, Money Historic, Money HistoricMargin, Money Predicted, Money AtRisk, Int128 ExpectedOrders,
    long Alive, Int128 Variance = default, long Hazard = 0)
{
    private const double Millionths = 1e6;

    /// <summary>How the predicted value of them all is distributed: no sum of intervals, since they share a level.</summary>
    /// <param name="intervals">Those of the model that predicted it.</param>
    /// <param name="horizon">The horizon of the predictions.</param>
    public TotalDistribution Within(ValueIntervals intervals, Horizon horizon) =>
        intervals.OfTotal((double)Predicted.Minor, (double)Variance, Hazard / Millionths, horizon);

    /// <summary>The exact sum.</summary>
    public static SegmentSums operator +(SegmentSums a, SegmentSums b) => checked(new(
        a.Customers + b.Customers, a.Orders + b.Orders, a.Gross + b.Gross, a.Historic + b.Historic, a.HistoricMargin + b.HistoricMargin,
        a.Predicted + b.Predicted, a.AtRisk + b.AtRisk, a.ExpectedOrders + b.ExpectedOrders, a.Alive + b.Alive, a.Variance + b.Variance,
        a.Hazard + b.Hazard));

    /// <summary>The exact difference.</summary>
    public static SegmentSums operator -(SegmentSums a, SegmentSums b) => checked(new(
        a.Customers - b.Customers, a.Orders - b.Orders, a.Gross - b.Gross, a.Historic - b.Historic, a.HistoricMargin - b.HistoricMargin,
        a.Predicted - b.Predicted, a.AtRisk - b.AtRisk, a.ExpectedOrders - b.ExpectedOrders, a.Alive - b.Alive, a.Variance - b.Variance,
        a.Hazard - b.Hazard));
}
