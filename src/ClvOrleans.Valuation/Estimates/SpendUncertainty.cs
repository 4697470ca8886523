using System.Collections.Immutable;
using ClvOrleans.Statistics.Spend;

namespace ClvOrleans.Valuation.Estimates;

/// <summary>
/// Relative variance of a customer's expected spend a purchase for the uncertainty of p, q, v: the delta method on ln E[Z | x, m].
/// </summary>
internal sealed class SpendUncertainty(GammaGamma spend, ImmutableArray<double> covariance)
{
    /// <summary>The variance for <paramref name="x"/> purchases of mean value <paramref name="mean"/>.</summary>
    public double Variance(double x, double mean)
    {
        // ln E = ln p + ln(v + x m) - ln(p x + q - 1).
        var under = (spend.P * x) + spend.Q - 1;
        var byP = (spend.Q - 1) / under;
        var byQ = -spend.Q / under;
        var byV = spend.V / (spend.V + (x * mean));
        return (byP * ((byP * covariance[0]) + (byQ * covariance[1]) + (byV * covariance[2])))
            + (byQ * ((byP * covariance[3]) + (byQ * covariance[4]) + (byV * covariance[5])))
            + (byV * ((byP * covariance[6]) + (byQ * covariance[7]) + (byV * covariance[8])));
    }
}
