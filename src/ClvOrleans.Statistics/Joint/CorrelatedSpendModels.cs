using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;

namespace ClvOrleans.Statistics.Joint;

/// <summary>Fits the dependence of purchases and spend.</summary>
public static class CorrelatedSpendModels
{
    /// <summary>
    /// Fits ω with the marginals held at their own estimates (inference functions for margins; Joe and Xu 1996). ln L is concave in ω.
    /// </summary>
    /// <param name="lifetime">The fitted model of purchases.</param>
    /// <param name="spend">The fitted model of spend.</param>
    /// <param name="customers">Histories, with the number of paid repeat purchases and their mean value.</param>
    public static CorrelatedSpendFit Fit(
        ILifetimeModel lifetime, GammaGamma spend, IEnumerable<(PurchaseHistory History, double Paid, double Mean)> customers)
    {
        var independent = new CorrelatedSpend(lifetime, spend, 0);
        var tilts = customers.Where(c => c.Paid > 0).Select(c => independent.Tilt(c.History, c.Paid, c.Mean)).ToArray();
        var (low, high) = (-CorrelatedSpend.Limit, CorrelatedSpend.Limit);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Slope(middle) > 0 ? (middle, high) : (low, middle);
        }

        var omega = (low + high) / 2;
        var information = tilts.Sum(t => t * t / ((1 - (omega * t)) * (1 - (omega * t))));
        return new CorrelatedSpendFit(
            independent with { Omega = omega }, 1 / Math.Sqrt(information), 2 * tilts.Sum(t => Math.Log(1 - (omega * t))));

        double Slope(double at) => -tilts.Sum(t => t / (1 - (at * t)));
    }
}
