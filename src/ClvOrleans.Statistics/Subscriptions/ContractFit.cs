using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Subscriptions;

/// <summary>A fitted model of contracts and how the fit went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">Likelihood, standard errors, convergence; its customers are contracts.</param>
public sealed record ContractFit(BetaDiscreteWeibull Model, FitReport Report);
