namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// The probability of a first order in time, by that of the buy-till-you-die model beneath. Within the horizon that it was learned for it
/// is in proportion. After it those who have not bought do so as the model beneath says; but where less was learned than it says, the
/// others are thought to be gone, and it stays in proportion. So it rises with time, never beyond P(alive).
/// </summary>
/// <param name="Near">What the model beneath says within the horizon that the probability was learned for.</param>
/// <param name="Again">What was learned.</param>
/// <param name="Alive">P(alive).</param>
/// <param name="Lift">How many times as many orders campaigns make of it.</param>
internal readonly record struct FirstOrder(double Near, double Again, double Alive, double Lift)
{
    private bool IsInProportion => Again <= Near || Near >= 1;

    /// <summary>The probability of an order until the model beneath says so much.</summary>
    public double At(double beneath)
    {
        var plain = beneath <= Near || IsInProportion
            ? (Near > 0 ? beneath / Near * Again : 0)
            : 1 - ((1 - beneath) / (1 - Near) * (1 - Again));

        // More of it are further chances, less of it a part of the same ones: never more than so many times the probability.
        return Math.Clamp(Lift > 1 ? 1 - Math.Pow(1 - plain, Lift) : plain * Lift, 0, Alive);
    }

    /// <summary>What the model beneath says when the probability has reached a given one; null where it never does.</summary>
    public double? BeneathAt(double probability)
    {
        if (probability > Alive || Again <= 0)
        {
            return null;
        }

        var plain = Lift > 1 ? 1 - Math.Pow(1 - probability, 1 / Lift) : probability / Lift;
        var beneath = plain <= Again || IsInProportion ? plain / Again * Near : 1 - ((1 - plain) / (1 - Again) * (1 - Near));
        return beneath <= 1 ? beneath : null;
    }
}
