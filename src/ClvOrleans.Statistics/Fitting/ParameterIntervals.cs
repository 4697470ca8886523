namespace ClvOrleans.Statistics.Fitting;

/// <summary>Confidence intervals of one parameter by three methods, which agree where customers are many.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Delta">From the curvature at the top: symmetric in the parameter's logarithm (of an effect, in itself).</param>
/// <param name="Profile">
/// The values at which the likelihood, at its best over all other parameters, lies less than half a quantile of χ² with one degree of
/// freedom below its top (Venzon and Moolgavkar 1988). It is as lopsided as the likelihood.
/// </param>
/// <param name="Bootstrap">
/// Quantiles of the estimates from customers drawn with replacement (Efron 1979). It does not rely on the model being true.
/// </param>
public sealed record ParameterIntervals(string Name, ParameterInterval Delta, ParameterInterval Profile, ParameterInterval Bootstrap);
