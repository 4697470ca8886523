namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// An effect of a treatment as one look at the data shows it. Who looks again and again needs <see cref="MeanSequence"/>.
/// </summary>
/// <param name="Estimate">Treated less control, absolute or relative.</param>
/// <param name="StandardError">Standard error of the estimate.</param>
/// <param name="Statistic">The test's statistic, t or z.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom of t; infinite for z.</param>
/// <param name="PValue">Probability of such a statistic or a more extreme one without any effect, 0 to 1.</param>
/// <param name="Interval">The confidence interval of the estimate.</param>
public sealed record Effect(
    double Estimate, double StandardError, double Statistic, double DegreesOfFreedom, double PValue, ConfidenceInterval Interval);
