namespace ClvOrleans.Training.Backtests.Origins;

/// <summary>The store's total from one origin over one horizon, in major units.</summary>
/// <param name="Origin">The last day that the model saw.</param>
/// <param name="Until">The last day forecast.</param>
/// <param name="Customers">Customers forecast.</param>
/// <param name="Predicted">Sum of the forecasts.</param>
/// <param name="Actual">What came.</param>
/// <param name="LogRatio">ln(actual / predicted); null where either is nothing.</param>
/// <param name="Lower">Lower end of the total's 80 % interval; null where the model gives none.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="IntervalScore">Its interval score (Winkler).</param>
/// <param name="RankedProbability">The total's continuous ranked probability score.</param>
/// <param name="Transform">Where the total that came stands in its distribution, 0 to 1.</param>
public sealed record OriginTotal(
    DateOnly Origin, DateOnly Until, int Customers, double Predicted, double Actual, double? LogRatio, double? Lower, double? Upper,
    double? IntervalScore, double? RankedProbability, double? Transform)
{
    /// <summary>Whether it came within the interval; null where there is none.</summary>
    public bool? IsHeld => Lower is null ? null : Actual >= Lower && Actual <= Upper;
}
