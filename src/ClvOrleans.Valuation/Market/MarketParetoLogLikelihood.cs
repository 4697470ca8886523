using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Valuation.Market;

/// <summary>
/// Pareto/NBD with purchases in effective and dropout in calendar time: the dropout integral ∫ s (α + Λ(τ))^-c (β + τ)^-(s+1) dτ runs over
/// stretches of days of one factor m, on which α + Λ(τ) = m ((α + Λ₀) / m + τ - τ₀), so that the variable of <see cref="SilenceIntegral"/>
/// serves each.
/// </summary>
internal sealed class MarketParetoLogLikelihood : IMarketLogLikelihood
{
    private const double Fall = 36;

    /// <summary>P(alive) of a customer whose first purchase is day 0 of the clock.</summary>
    public static double ProbabilityAlive(ParetoNbd p, MarketClock clock, int repeats, int last, int end)
    {
        Span<double> gradient = stackalloc double[7];
        return Sum([p.R, p.Alpha, p.S, p.Beta], clock, repeats, 0, last, end, gradient).Alive;
    }

    /// <inheritdoc />
    public double Gradient(
        ReadOnlySpan<double> parameters, MarketClock clock, int repeats, int first, int last, int end, Span<double> gradient)
    {
        var (r, alpha, s, beta) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var (log, _) = Sum(parameters, clock, repeats, first, last, end, gradient);
        gradient[0] += SpecialFunctions.DiGamma(r + repeats) - SpecialFunctions.DiGamma(r) + Math.Log(alpha);
        gradient[1] += r / alpha;
        gradient[2] += Math.Log(beta);
        gradient[3] += s / beta;
        return log + SpecialFunctions.GammaLn(r + repeats) - SpecialFunctions.GammaLn(r) + (r * Math.Log(alpha)) + (s * Math.Log(beta));
    }

    // ln of the sum of both ways to have been silent, and the share of being alive.
    private static (double Log, double Alive) Sum(
        ReadOnlySpan<double> parameters, MarketClock clock, int repeats, int first, int last, int end, Span<double> gradient)
    {
        var (c, alpha, s, beta) = (parameters[0] + repeats, parameters[1], parameters[2], parameters[3]);
        var (a0, b0) = (alpha + clock.Weeks(first, last, 0), beta + ((last - first) / 7.0));
        var top = (c * Math.Log(a0)) + (s * Math.Log(b0));
        gradient.Clear();
        Span<double> part = stackalloc double[3];
        var total = 0.0;
        for (var from = last; from < end;)
        {
            var to = from + 1;
            while (to < end && clock.Features[to + 1] == clock.Features[from + 1])
            {
                to++;
            }

            var factor = clock.Weeks(from, from + 1, 0) * 7;
            var (a, b) = ((alpha + clock.Weeks(first, from, 0)) / factor, beta + ((from - first) / 7.0));
            var near = Math.Min(a, b);
            var length = Math.Min((to - from) / 7.0, Math.Min(a * Reach(c), b * Reach(s)));
            var range = double.LogP1(length / near);
            var rule = LegendreRule.For(range, Math.Min((c + s) * range, Fall));
            for (var j = 0; j < rule.At.Length; j++)
            {
                var u = near * double.ExpM1(range * rule.At[j]);
                var (atA, atB) = (factor * (a + u), b + u);
                for (var i = 0; i < 3; i++)
                {
                    part[i] = clock.Weeks(first, from, i + 1) + (clock.Weeks(from, from + 1, i + 1) * 7 * u);
                }

                var weight = s * rule.Weight[j] * range * (near + u) / atB * Math.Exp(top - (c * Math.Log(atA)) - (s * Math.Log(atB)));
                Add(gradient, weight, c, s + 1, atA, atB, part);
                gradient[2] += weight / s;
                total += weight;
            }

            from = to;
        }

        var (aEnd, bEnd) = (alpha + clock.Weeks(first, end, 0), beta + ((end - first) / 7.0));
        var alive = Math.Exp(top - (c * Math.Log(aEnd)) - (s * Math.Log(bEnd)));
        for (var i = 0; i < 3; i++)
        {
            part[i] = clock.Weeks(first, end, i + 1);
        }

        Add(gradient, alive, c, s, aEnd, bEnd, part);
        total += alive;
        foreach (ref var slope in gradient)
        {
            slope /= total;
        }

        return (Math.Log(total) - top, alive / total);
    }

    // Adds the derivatives of weight = a^-c b^-power by r, α, s, β and the effects.
    private static void Add(Span<double> gradient, double weight, double c, double power, double a, double b, ReadOnlySpan<double> byEffect)
    {
        gradient[0] -= weight * Math.Log(a);
        gradient[1] -= weight * c / a;
        gradient[2] -= weight * Math.Log(b);
        gradient[3] -= weight * power / b;
        for (var i = 0; i < 3; i++)
        {
            gradient[4 + i] -= weight * c / a * byEffect[i];
        }
    }

    private static double Reach(double power) => Math.Exp(Math.Min(Fall / power, 600)) - 1;
}
