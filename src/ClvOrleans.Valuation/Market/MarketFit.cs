using ClvOrleans.Statistics.Fitting;

namespace ClvOrleans.Valuation.Market;

/// <summary>A fitted model that follows the market and how the fit went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Report">Likelihood, standard errors, convergence; the effects of what happened follow the baseline's parameters.</param>
public sealed record MarketFit(MarketModel Model, FitReport Report);
