namespace ClvOrleans.Valuation.Ensemble;

/// <summary>A base learner of an ensemble.</summary>
/// <param name="Name">Its name, as in backtests.</param>
/// <param name="Model">What it learned.</param>
public sealed record BaseLearner(string Name, ILearned Model);
