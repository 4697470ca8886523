using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// The two ways in which a Gamma-Gompertz/NBD customer can have been silent from t to T, up to the common factor: alive,
/// (α + T)^-c W(T)^-s, or dropped out at some τ between, ∫ s b e^(bτ) (α + τ)^-c W(τ)^-(s+1) dτ, W(τ) = β + e^(bτ) - 1. The variable is
/// y = ln((γ + τ - t) / γ), γ the shorter of the scales on which the two powers change at t; the range ends where the integrand has fallen
/// by e^-36.
/// </summary>
internal readonly struct GompertzIntegral(double c, double alpha, double s, double beta, double b)
{
    private const double Fall = 36;
    private const int Panels = 2;

    /// <summary>
    /// ln of the sum of both ways, and the share of being alive. Where <paramref name="gradient"/> has room, it gets the derivatives by c,
    /// α, s, β, b.
    /// </summary>
    public (double Log, double Alive) Sum(double last, double observed, Span<double> gradient)
    {
        var (a0, v0) = (alpha + last, V(last));
        var top = (c * Math.Log(a0)) + (s * ((b * last) + Math.Log(v0)));
        var whole = Math.Exp(top - (c * Math.Log(alpha + observed)) - (s * ((b * observed) + Math.Log(V(observed)))));
        var alive = whole;
        gradient.Clear();
        AddSlopes(gradient, alive, observed, s);
        var scale = Math.Min(a0, v0 / b);
        var length = Math.Min(observed - last, Math.Min(a0 * NearZero.Expm1(Math.Min(Fall / c, 600)), TimeUntilGone(v0)));
        var range = NearZero.Log1p(length / scale) / Panels;
        var rule = LegendreRule.Fine;
        for (var panel = 0; panel < Panels; panel++)
        {
            for (var j = 0; j < rule.At.Length; j++)
            {
                var y = range * (panel + rule.At[j]);
                var tau = last + (scale * NearZero.Expm1(y));
                var way = s * b * rule.Weight[j] * range * scale
                    * Math.Exp(y + top - (c * Math.Log(alpha + tau)) - (s * b * tau) - ((s + 1) * Math.Log(V(tau))));
                whole += way;
                AddSlopes(gradient, way, tau, s + 1);
                if (!gradient.IsEmpty)
                {
                    gradient[2] += way / s;
                    gradient[4] += way * ((1 / b) + tau);
                }
            }
        }

        foreach (ref var slope in gradient)
        {
            slope /= whole;
        }

        return (Math.Log(whole) - top, alive / whole);
    }

    // W(τ) e^(-bτ), which cannot overflow and loses no digits where b and β are small.
    private double V(double tau) => (beta * Math.Exp(-b * tau)) - NearZero.Expm1(-b * tau);

    // W grows by e^(fall / s) from t on.
    private double TimeUntilGone(double v0) => NearZero.Log1p(NearZero.Expm1(Math.Min(Fall / s, 600)) * v0) / b;

    // Derivatives of way = (α + τ)^-c W(τ)^-power.
    private void AddSlopes(Span<double> gradient, double way, double tau, double power)
    {
        if (gradient.IsEmpty)
        {
            return;
        }

        var (a, v) = (alpha + tau, V(tau));
        gradient[0] -= way * Math.Log(a);
        gradient[1] -= way * c / a;
        gradient[2] -= way * ((b * tau) + Math.Log(v));
        gradient[3] -= way * power * Math.Exp(-b * tau) / v;
        gradient[4] -= way * power * tau / v;
    }
}
