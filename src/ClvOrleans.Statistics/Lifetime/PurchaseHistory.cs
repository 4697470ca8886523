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

    /// <summary>The history of a customer's purchases, in weeks; several on one day are one.</summary>
    /// <param name="days">The days, in any order; those after <paramref name="end"/> are not seen.</param>
    /// <param name="end">The last day of observation.</param>
    /// <exception cref="ArgumentException">There is no purchase up to the end.</exception>
    public static PurchaseHistory Of(IEnumerable<DateOnly> days, DateOnly end)
    {
        int[] seen = [.. days.Where(d => d <= end).Select(d => d.DayNumber).Distinct().Order()];
        if (seen.Length == 0)
        {
            throw new ArgumentException($"There is no purchase up to {end:yyyy-MM-dd}.", nameof(days));
        }

        var gaps = seen.Zip(seen.Skip(1), (earlier, later) => Math.Log((later - earlier) / 7.0)).Sum();
        return new PurchaseHistory(seen.Length - 1, (seen[^1] - seen[0]) / 7.0, (end.DayNumber - seen[0]) / 7.0, gaps);
    }
}
