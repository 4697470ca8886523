namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// The sufficient statistics of one customer for the buy-till-you-die family (Fader, Hardie and Lee 2005).
/// Orders on one calendar day are one purchase; the first purchase starts the clock and is not counted.
/// </summary>
/// <param name="Repeats">x: number of repeat purchases, at least 0.</param>
/// <param name="LastPurchase">t_x: time from the first to the last purchase, in the model's time unit; 0 where x = 0.</param>
/// <param name="Observed">T: time from the first purchase to the end of observation, in the same unit.</param>
/// <param name="LogGaps">
/// Sum of the logarithms of the times between neighbouring purchases; 0 where x = 0. Only the choice of k in CNBD-k reads it.
/// </param>
public readonly record struct PurchaseHistory(double Repeats, double LastPurchase, double Observed, double LogGaps = 0)
{
    /// <summary>Whether 0 ≤ x and 0 ≤ t_x ≤ T, all finite. A history that is not has likelihood 0.</summary>
    public bool IsPossible =>
        double.IsFinite(Repeats) && double.IsFinite(Observed) && double.IsFinite(LogGaps)
        && Repeats >= 0 && LastPurchase >= 0 && LastPurchase <= Observed;
}
