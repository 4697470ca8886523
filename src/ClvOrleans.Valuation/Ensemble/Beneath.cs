using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// What the buy-till-you-die model beneath an ensemble says of a buyer on a day, whatever the score: the same for a customer and for the
/// median one that explanations compare with. A value: nothing is allocated for it.
/// </summary>
internal readonly record struct Beneath
{
    /// <summary>What the model expects within the horizon.</summary>
    public required ValueForecast Said { get; init; }

    /// <summary>The same with the doubt in it, if there is one.</summary>
    public required ValueForecast Expected { get; init; }

    /// <summary>The same within the window that the ensemble was learned in.</summary>
    public required ValueForecast Window { get; init; }

    /// <summary>The same within the horizon that the probability of a purchase was learned for.</summary>
    public required ValueForecast Then { get; init; }

    /// <summary>The probability of a purchase within that horizon as the model says it, without the doubt.</summary>
    public required double Buys { get; init; }

    /// <summary>What the model expects within the horizon of the customer if alive.</summary>
    public required ValueForecast Living { get; init; }

    /// <summary>The same within the horizon that the probability of a purchase was learned for.</summary>
    public required ValueForecast LivingThen { get; init; }

    /// <summary>P(alive), with the doubt in it.</summary>
    public required double Alive { get; init; }

    /// <summary>What a purchase may be expected to be worth.</summary>
    public required SpendRange Range { get; init; }

    /// <summary>Whether orders are bounded; not in versions that were trained before they were.</summary>
    public required bool IsBounded { get; init; }
}
