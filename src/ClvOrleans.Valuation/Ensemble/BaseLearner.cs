namespace ClvOrleans.Valuation.Ensemble;

/// <summary>A model of a pool.</summary>
/// <param name="Name">Its name, as in backtests.</param>
/// <param name="Model">What it learned.</param>
public sealed record BaseLearner(string Name, ILearned Model);
