using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Valuation.Market;

/// <summary>BG/NBD or MBG/NBD in effective time.</summary>
internal sealed class MarketGeometricLogLikelihood(bool dropsAtFirst) : IMarketLogLikelihood
{
    private static readonly double[] One = [1];
    private readonly BetaGeometricLogLikelihood _plain = new(1, dropsAtFirst);

    /// <inheritdoc />
    public double Gradient(
        ReadOnlySpan<double> parameters, MarketClock clock, int repeats, int first, int last, int end, Span<double> gradient)
    {
        var h = new PurchaseHistory(repeats, clock.Weeks(first, last, 0), clock.Weeks(first, end, 0));
        Span<double> sums = stackalloc double[5];
        _plain.Add(parameters, repeats, [h.LastPurchase], [h.Observed], One, sums);
        sums[1..].CopyTo(gradient);

        // ln L falls with T by (r + x) / (α + T) for the living and with t_x by (r + x) / (α + t_x) for the dead.
        var (r, alpha) = (parameters[0], parameters[1]);
        var alive = new BetaGeometricNbd(r, alpha, parameters[2], parameters[3], 1, dropsAtFirst).ProbabilityAlive(h);
        var byEnd = -alive * (r + repeats) / (alpha + h.Observed);
        var byLast = -(1 - alive) * (r + repeats) / (alpha + h.LastPurchase);
        for (var i = 1; i <= 3; i++)
        {
            gradient[3 + i] = (byEnd * clock.Weeks(first, end, i)) + (byLast * clock.Weeks(first, last, i));
        }

        return sums[0];
    }
}
