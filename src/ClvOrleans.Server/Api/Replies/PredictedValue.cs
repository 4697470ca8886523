using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a customer is expected to bring within the horizon. Money is in major units of the store's currency.</summary>
internal sealed record PredictedValue
{
    /// <summary>Expected net spend within the horizon, discounted at the store's yearly rate.</summary>
    public required decimal Value { get; init; }

    /// <summary>The margin of the value.</summary>
    public required decimal Margin { get; init; }

    /// <summary>The central 80 % of the spend.</summary>
    public required SpendInterval Interval { get; init; }

    /// <summary>The central 50, 80 and 95 % of the spend.</summary>
    public required IReadOnlyList<SpendInterval> Intervals { get; init; }

    /// <summary>
    /// Where the intervals come from: Conformal, calibrated on what came of customers alike in past windows; or Model, the model's own,
    /// where too few were seen.
    /// </summary>
    public required IntervalMethod IntervalMethod { get; init; }

    /// <summary>
    /// Expected days with a purchase within the horizon, not discounted: the unit of historic.purchaseDays, not of historic.orders.
    /// </summary>
    public required double ExpectedPurchaseDays { get; init; }

    /// <summary>
    /// The probability, 0 to 1, that the customer has not left for good; null before the first purchase: nobody to lose yet.
    /// </summary>
    public double? ProbabilityAlive { get; init; }

    /// <summary>The probability, 0 to 1, that the customer has left for good; null before the first purchase.</summary>
    public double? ChurnProbability { get; init; }

    /// <summary>The probability, 0 to 1, of no purchase within the horizon.</summary>
    public required double ProbabilityOfNoOrder { get; init; }

    /// <summary>Days from asOf to the next purchase; null before the first.</summary>
    public NextOrder? NextOrderInDays { get; init; }

    /// <summary>The same as local calendar days of the store; null before the first.</summary>
    public NextOrderDays? NextOrderOn { get; init; }
}
