using MathNet.Numerics.Distributions;

namespace ClvOrleans.Valuation.Levels;

/// <summary>
/// How far what comes may be from a level: ln(what comes / level) is <see cref="Scale"/> times a variable with Student's t distribution
/// around 0. All customers share one draw of it. Its median factor is 1; a mean factor does not exist, as tails of t are heavy.
/// </summary>
/// <param name="DegreesOfFreedom">Degrees of freedom of t, positive: few where few windows of the past have been seen.</param>
/// <param name="Scale">Scale of the log ratio, at least 0; about its standard deviation where degrees of freedom are many.</param>
public sealed record LevelError(double DegreesOfFreedom, double Scale)
{
    /// <summary>ln(what comes / level) that is not exceeded with a probability.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    public double LogRatio(double probability) => Scale == 0 ? 0 : Scale * StudentT.InvCDF(0, 1, DegreesOfFreedom, probability);

    /// <summary>The probability that ln(what comes / level) is at most <paramref name="logRatio"/>.</summary>
    public double Probability(double logRatio) =>
        Scale == 0 ? (logRatio < 0 ? 0 : 1) : StudentT.CDF(0, 1, DegreesOfFreedom, logRatio / Scale);
}
