using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>Counts of purchases of a customer who buys at a gamma rate until they drop out at any time.</summary>
internal static class CountsUntilDropout
{
    /// <summary>
    /// Writes P(0), P(1), ... within the horizon. Given alive, the purchase rate is gamma(shape, rate) and the time left has a survival
    /// that over a variable y is e^(-s y): smooth whatever s.
    /// </summary>
    /// <param name="shape">r + x.</param>
    /// <param name="rate">α + T.</param>
    /// <param name="s">Fall of the survival over y.</param>
    /// <param name="alive">P(alive).</param>
    /// <param name="horizon">How far to look ahead.</param>
    /// <param name="range">y at the horizon.</param>
    /// <param name="timeAt">The time ahead at a y.</param>
    /// <param name="probabilities">Where to write.</param>
    /// <returns>How many were written.</returns>
    public static int Fill(
        double shape,
        double rate,
        double s,
        double alive,
        double horizon,
        double range,
        Func<double, double> timeAt,
        Span<double> probabilities)
    {
        var counts = new double[probabilities.Length];
        var written = NegativeBinomial.Fill(shape, rate, horizon, 1e-10, probabilities);
        var survives = Math.Exp(-s * range);
        for (var n = 0; n < written; n++)
        {
            probabilities[n] *= survives;
        }

        for (var i = 0; i < LegendreRule.Fine.At.Length; i++)
        {
            var y = range * LegendreRule.Fine.At[i];
            var weight = LegendreRule.Fine.Weight[i] * range * s * Math.Exp(-s * y);
            var filled = NegativeBinomial.Fill(shape, rate, timeAt(y), 1e-10, counts);
            for (var n = 0; n < Math.Min(filled, written); n++)
            {
                probabilities[n] += weight * counts[n];
            }
        }

        var rest = 1.0;
        for (var n = 0; n < written; n++)
        {
            probabilities[n] = (alive * probabilities[n]) + (n == 0 ? 1 - alive : 0);
            rest -= probabilities[n];
            if (rest < 1e-9)
            {
                return n + 1;
            }
        }

        return written;
    }
}
