namespace ClvOrleans.Statistics.Numerics;

/// <summary>Counts of a Poisson process over a time u whose rate is gamma(shape, rate): the NBD.</summary>
internal static class NegativeBinomial
{
    private const double Large = 1e200;
    private static readonly double LogLarge = Math.Log(Large);

    /// <summary>
    /// Writes P(N(u) = n) for n = 0, 1, ... by the ratio of neighbours until what is left is below <paramref name="rest"/> or the span is
    /// full, and returns how many it wrote. The ratio is scaled, so that a P(N = 0) below the smallest number does no harm.
    /// </summary>
    public static int Fill(double shape, double rate, double u, double rest, Span<double> into)
    {
        var z = u / (rate + u);
        var (term, offset) = (1.0, -shape * NearZero.Log1p(u / rate));
        var scale = Math.Exp(offset);
        var (left, mean) = (1.0, shape * u / rate);
        for (var n = 0; n < into.Length; n++)
        {
            var p = term * scale;
            into[n] = p;
            left -= p;
            if (left < rest && n >= mean)
            {
                return n + 1;
            }

            term *= (shape + n) / (n + 1) * z;
            if (term > Large)
            {
                term /= Large;
                offset += LogLarge;
                scale = Math.Exp(offset);
            }
        }

        return into.Length;
    }
}
