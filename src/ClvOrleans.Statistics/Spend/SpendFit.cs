using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Statistics.Spend;

/// <summary>A fitted spend model and how the fit went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">Likelihood, standard errors, convergence; v in the unit of the data.</param>
public sealed record SpendFit(GammaGamma Model, FitReport Report);
