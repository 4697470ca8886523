using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>A fitted model with time-varying covariates and how the fit went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">
/// Likelihood, standard errors, convergence; effects follow the baseline's parameters as <c>purchases:name</c> and <c>dropout:name</c>.
/// </param>
public sealed record DynamicCovariateFit(DynamicCovariateModel Model, FitReport Report);
