using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Valuation.Estimates;

/// <summary>A central predictive interval of spend.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Level">Probability that the spend falls within, e.g. .8.</param>
public sealed record ValueInterval(Money Lower, Money Upper, double Level);
