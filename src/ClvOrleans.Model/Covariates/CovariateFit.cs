using ClvOrleans.Model.Fitting;

namespace ClvOrleans.Model.Covariates;

/// <summary>A fitted model with covariates and how the fit went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">
/// Likelihood, standard errors, convergence; effects follow the baseline's parameters as <c>purchases:name</c> and <c>dropout:name</c>.
/// </param>
public sealed record CovariateFit(CovariateModel Model, FitReport Report);
