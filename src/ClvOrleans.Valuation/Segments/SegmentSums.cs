using ClvOrleans.Domain.Currencies;

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
public readonly record struct SegmentSums(
    long Customers, long Orders, Money Gross, Money Historic, Money HistoricMargin, Money Predicted, Money AtRisk, Int128 ExpectedOrders, long Alive)
{
    /// <summary>The exact sum.</summary>
    public static SegmentSums operator +(SegmentSums a, SegmentSums b) => checked(new(
        a.Customers + b.Customers, a.Orders + b.Orders, a.Gross + b.Gross, a.Historic + b.Historic, a.HistoricMargin + b.HistoricMargin,
        a.Predicted + b.Predicted, a.AtRisk + b.AtRisk, a.ExpectedOrders + b.ExpectedOrders, a.Alive + b.Alive));

    /// <summary>The exact difference.</summary>
    public static SegmentSums operator -(SegmentSums a, SegmentSums b) => checked(new(
        a.Customers - b.Customers, a.Orders - b.Orders, a.Gross - b.Gross, a.Historic - b.Historic, a.HistoricMargin - b.HistoricMargin,
        a.Predicted - b.Predicted, a.AtRisk - b.AtRisk, a.ExpectedOrders - b.ExpectedOrders, a.Alive - b.Alive));
}
