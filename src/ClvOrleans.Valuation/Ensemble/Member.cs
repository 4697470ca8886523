namespace ClvOrleans.Valuation.Ensemble;

/// <summary>A model of a pool.</summary>
/// <param name="Name">Its name, as in backtests.</param>
/// <param name="Model">What it learned.</param>
public sealed record Member(string Name, ILearned Model);
