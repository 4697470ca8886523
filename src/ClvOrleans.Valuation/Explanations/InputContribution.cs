using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Valuation.Explanations;

/// <summary>What an input adds to a value, compared with the baseline.</summary>
/// <param name="Input">The input.</param>
/// <param name="Amount">What it adds; negative where it takes away.</param>
public sealed record InputContribution(ModelInput Input, Money Amount);
