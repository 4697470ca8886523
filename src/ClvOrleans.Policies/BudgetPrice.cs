using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies;

/// <summary>
/// λ, the one price of the money of all policies of a store, and how it moves: by dual descent on the pace of spending
/// (<see cref="PacedPrice"/>). A day at twice the pace raises it by 1, a day without spending lowers it by 1.
/// </summary>
/// <param name="Price">λ, at least 0.</param>
/// <param name="DayPace">Minor units that may be spent on a day, on average; not finite or not above 0: the price does not move.</param>
/// <param name="DayCandidates">Decisions a day that a price could matter to, on average; likewise.</param>
public readonly record struct BudgetPrice(double Price, double DayPace, double DayCandidates)
{
    /// <summary>Days over which a budget for all time is paced.</summary>
    public const int PacedDays = 30;

    /// <summary>The price after some decisions.</summary>
    /// <param name="candidates">How many of them a price could matter to.</param>
    /// <param name="spent">What they spent, in minor units.</param>
    public double After(int candidates, double spent) =>
        candidates == 0 || !(DayPace > 0) || !double.IsFinite(DayPace) || !(DayCandidates > 0)
            ? Price
            : new PacedPrice(Price, DayPace / DayCandidates * candidates, 1 / DayPace).After(spent).Price;
}
