namespace ClvOrleans.Valuation.Models;

/// <summary>A change of champion.</summary>
/// <param name="Generation">Counts them in the store, from 1.</param>
/// <param name="Model">The version that was promoted.</param>
/// <param name="At">When.</param>
/// <param name="Cause">Why.</param>
public sealed record Promotion(int Generation, string Model, DateTimeOffset At, PromotionCause Cause)
{
    /// <summary>
    /// The version that a roll-back promotes: the one before the present one. Rolling back again goes one further back, never forth,
    /// and ends with the prior; null there.
    /// </summary>
    /// <param name="history">All changes, in any order.</param>
    public static string? Previous(IEnumerable<Promotion> history)
    {
        var standing = new Stack<string>([PriorModel.Version.Id]);
        foreach (var change in history.Where(p => p.Cause != PromotionCause.Settings).OrderBy(p => p.Generation))
        {
            if (change.Cause == PromotionCause.RollBack)
            {
                standing.Pop();
            }
            else
            {
                standing.Push(change.Model);
            }
        }

        return standing.Skip(1).FirstOrDefault();
    }
}
