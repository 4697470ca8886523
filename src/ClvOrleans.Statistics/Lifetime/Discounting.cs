using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>Discounted sums of expected purchases.</summary>
internal static class Discounting
{
    // Beyond e^-40 nothing is left of a purchase.
    private const double Fall = 40;

    /// <summary>
    /// ∫ e^(-δu) dE(u) = e^(-δt) E(t) + δ ∫ e^(-δu) E(u) du, by parts. E bends on the scale of <paramref name="scale"/>, so that
    /// u = scale (e^y - 1) makes it smooth.
    /// </summary>
    public static double ByParts(Func<double, double> expected, double scale, double horizon, double rate)
    {
        var end = End(horizon, rate);
        var undiscounted = Math.Exp(-rate * end) * expected(end);
        return rate == 0 ? undiscounted : undiscounted + (rate * Integral(u => Math.Exp(-rate * u) * expected(u), scale, end));
    }

    /// <summary>∫ e^(-δu) E'(u) du.</summary>
    public static double OfRate(Func<double, double> purchaseRate, double scale, double horizon, double rate) =>
        Integral(u => Math.Exp(-rate * u) * purchaseRate(u), scale, End(horizon, rate));

    private static double End(double horizon, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        if (rate == 0 && !double.IsFinite(horizon))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "An infinite horizon needs a positive discount rate.");
        }

        return rate == 0 ? horizon : Math.Min(horizon, Fall / rate);
    }

    private static double Integral(Func<double, double> f, double scale, double end)
    {
        var range = NearZero.Log1p(end / scale);
        var sum = 0.0;
        for (var i = 0; i < LegendreRule.Fine.At.Length; i++)
        {
            var y = range * LegendreRule.Fine.At[i];
            sum += LegendreRule.Fine.Weight[i] * Math.Exp(y) * f(scale * NearZero.Expm1(y));
        }

        return sum * range * scale;
    }
}
