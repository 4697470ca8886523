namespace ClvOrleans.Valuation.Ensemble;

/// <summary>What a purchase of a customer may be expected to be worth, in minor units.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public readonly record struct SpendRange(double Least, double Most);
