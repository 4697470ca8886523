using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>A fitted model and how the fit went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">Likelihood, standard errors, convergence.</param>
public sealed record LifetimeFit(ILifetimeModel Model, FitReport Report);
