using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Subscriptions;

/// <summary>
/// Σ_{k≥1} S(n + k) / S(n) e^(-f (k-1)) where there is no closed form: term by term while the terms fall by more than a hundredth, and
/// beyond, where their number may be millions, as an integral with the first correction of Euler and Maclaurin's midpoint formula (DLMF
/// 2.10(i)). Relative error below 10^-9.
/// </summary>
internal static class ResidualSum
{
    private const double Gentle = .01;

    // Beyond that age in ln t the survival is a power of t to the last digit, or t overflows.
    private const double PowerLaw = 40;
    private const double Farthest = 690;

    /// <summary>The sum; ∞ where it diverges.</summary>
    public static double Of(BetaDiscreteWeibull model, int n, double force)
    {
        var fall = model.Alpha * model.C;
        if (force == 0 && fall <= 1)
        {
            return double.PositiveInfinity;
        }

        var start = model.LogSurvival(n);
        var sum = 0.0;
        for (var k = 1.0; ; k++)
        {
            var term = Math.Exp(Log(n + k));
            if (term < 1e-17 * sum || term == 0)
            {
                return sum;
            }

            var from = n + k - .5;
            if (model.Slope(from) + force < Gentle)
            {
                return sum - ((model.Slope(from) + force) * Math.Exp(Log(from)) / 24) + Tail(from);
            }

            sum += term;
        }

        double Log(double t) => model.LogSurvival(t) - start - (force * (t - n - 1));

        // ∫ f(t) dt from an age on, over y = ln t, in which f is smooth.
        double Tail(double from)
        {
            var (y, end) = (Math.Log(from), Math.Min(PowerLaw / model.C, Farthest));
            var (width, integral) = (Math.Min(1.5, 8 / (1 + fall)), 0.0);
            for (; y < end || integral == 0; y += width)
            {
                var part = 0.0;
                for (var i = 0; i < LegendreRule.Medium.At.Length; i++)
                {
                    var at = y + (width * LegendreRule.Medium.At[i]);
                    part += LegendreRule.Medium.Weight[i] * Math.Exp(Log(Math.Exp(at)) + at);
                }

                integral += width * part;
                if (width * part < 1e-16 * (sum + integral))
                {
                    return integral;
                }
            }

            return force > 0 ? integral : integral + (Math.Exp(Log(Math.Exp(y)) + y) / (fall - 1));
        }
    }
}
