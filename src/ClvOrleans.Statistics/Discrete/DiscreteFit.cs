using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Discrete;

/// <summary>A fitted model of opportunities and how the fit went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">Likelihood, standard errors, convergence.</param>
public sealed record DiscreteFit(BetaGeometricBetaBinomial Model, FitReport Report);
