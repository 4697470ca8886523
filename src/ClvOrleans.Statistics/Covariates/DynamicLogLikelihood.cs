using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>
/// ln L of Pareto/NBD with time-varying covariates, and its gradient by r, α, s, β and the effects γ, δ. With the clocks A(τ) = ∫ e^(γ·z)
/// and D(τ) = ∫ e^(δ·z), L = Γ(r + x) / Γ(r) α^r β^s Π e^(γ·z(t_j)) [(α + A(T))^-(r+x) (β + D(T))^-s
/// + ∫ s e^(δ·z(τ)) (α + A(τ))^-(r+x) (β + D(τ))^-(s+1) dτ], τ from t_x to T. Both clocks are straight within a step, where the variable
/// of <see cref="Lifetime.SilenceIntegral"/> makes the integrand smooth.
/// </summary>
internal sealed class DynamicLogLikelihood(int covariates)
{
    private const double Fall = 36;
    private readonly double[] _byPurchases = new double[covariates];
    private readonly double[] _byDropout = new double[covariates];

    /// <summary>ln L and P(alive). The gradient is written where there is room, else left out.</summary>
    public (double Log, double Alive) Of(ReadOnlySpan<double> parameters, DynamicHistory h, Span<double> gradient)
    {
        var (r, alpha, s, beta) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var effects = new Effects(parameters.Slice(4, covariates), parameters.Slice(4 + covariates, covariates));
        var (x, last) = (h.Repeats.Length, h.Static.LastPurchase);
        var c = r + x;
        gradient.Clear();
        Array.Clear(_byPurchases);
        Array.Clear(_byDropout);
        var (a, d, time) = (alpha, beta, 0.0);
        var step = h.StepAt(double.Epsilon);
        while (time < last)
        {
            Advance(h, effects, ref step, ref time, last, ref a, ref d);
        }

        var top = (c * Math.Log(a)) + (s * Math.Log(d));
        var dead = 0.0;
        while (time < h.Observed)
        {
            dead += Leaves(h, step, End(h, step, h.Observed) - time, (c, s), (a, d), top, effects, gradient);
            Advance(h, effects, ref step, ref time, h.Observed, ref a, ref d);
        }

        var alive = Math.Exp(top - (c * Math.Log(a)) - (s * Math.Log(d)));
        AddSlopes(gradient, alive, c, s, a, d, 0, default, 0, 0);
        var whole = alive + dead;
        foreach (ref var slope in gradient)
        {
            slope /= whole;
        }

        var factors = 0.0;
        foreach (var t in h.Repeats)
        {
            var z = h.Steps[h.StepAt(t)].Values;
            for (var k = 0; k < covariates; k++)
            {
                factors += parameters[4 + k] * z[k];
                if (!gradient.IsEmpty)
                {
                    gradient[4 + k] += z[k];
                }
            }
        }

        if (!gradient.IsEmpty)
        {
            gradient[0] += SpecialFunctions.DiGamma(c) - SpecialFunctions.DiGamma(r) + Math.Log(alpha);
            gradient[1] += r / alpha;
            gradient[2] += Math.Log(beta);
            gradient[3] += s / beta;
        }

        return (
            SpecialFunctions.GammaLn(c) - SpecialFunctions.GammaLn(r) + (r * Math.Log(alpha)) + (s * Math.Log(beta)) + factors
                + Math.Log(whole) - top,
            alive / whole);
    }

    // The ways to drop out within a step; their slopes are added to the gradient.
    private double Leaves(
        DynamicHistory h,
        int step,
        double length,
        (double C, double S) power,
        (double A, double D) start,
        double top,
        Effects effects,
        Span<double> gradient)
    {
        var (f, g) = effects.FactorsOf(h.Steps[step]);
        var (c, s) = power;
        var (scaleA, scaleD) = (start.A / f, start.D / g);
        var near = Math.Min(scaleA, scaleD);
        var range = NearZero.Log1p(Math.Min(length, Math.Min(scaleA * Reach(c), scaleD * Reach(s))) / near);
        var rule = LegendreRule.For(range, Math.Min((c + s) * range, Fall));
        var sum = 0.0;
        for (var j = 0; j < rule.At.Length; j++)
        {
            var u = near * NearZero.Expm1(range * rule.At[j]);
            var (a, d) = (start.A + (f * u), start.D + (g * u));
            var way = s * g * rule.Weight[j] * range * (near + u) * Math.Exp(top - (c * Math.Log(a)) - ((s + 1) * Math.Log(d)));
            sum += way;
            AddSlopes(gradient, way, c, s + 1, a, d, u, h.Steps[step], f, g);
            if (!gradient.IsEmpty)
            {
                gradient[2] += way / s;
                for (var k = 0; k < covariates; k++)
                {
                    gradient[4 + covariates + k] += way * h.Steps[step].Values[k];
                }
            }
        }

        return sum;
    }

    // Derivatives of way = (α + A)^-c (β + D)^-power, u after the clocks' slopes were last taken.
    private void AddSlopes(
        Span<double> gradient, double way, double c, double power, double a, double d, double u, CovariateStep step, double f, double g)
    {
        if (gradient.IsEmpty)
        {
            return;
        }

        gradient[0] -= way * Math.Log(a);
        gradient[1] -= way * c / a;
        gradient[2] -= way * Math.Log(d);
        gradient[3] -= way * power / d;
        for (var k = 0; k < covariates; k++)
        {
            var z = u == 0 ? 0 : step.Values[k];
            gradient[4 + k] -= way * c / a * (_byPurchases[k] + (f * z * u));
            gradient[4 + covariates + k] -= way * power / d * (_byDropout[k] + (g * z * u));
        }
    }

    private void Advance(
        DynamicHistory h, Effects effects, ref int step, ref double time, double until, ref double a, ref double d)
    {
        var end = End(h, step, until);
        var (f, g) = effects.FactorsOf(h.Steps[step]);
        var length = end - time;
        a += f * length;
        d += g * length;
        for (var k = 0; k < covariates; k++)
        {
            _byPurchases[k] += f * h.Steps[step].Values[k] * length;
            _byDropout[k] += g * h.Steps[step].Values[k] * length;
        }

        time = end;
        if (step + 1 < h.Steps.Length && h.Steps[step + 1].From <= end)
        {
            step++;
        }
    }

    private static double End(DynamicHistory h, int step, double until) =>
        step + 1 < h.Steps.Length ? Math.Min(until, h.Steps[step + 1].From) : until;

    private static double Reach(double power) => NearZero.Expm1(Math.Min(Fall / power, 600));

    private readonly ref struct Effects(ReadOnlySpan<double> gamma, ReadOnlySpan<double> delta)
    {
        private readonly ReadOnlySpan<double> _gamma = gamma;
        private readonly ReadOnlySpan<double> _delta = delta;

        public (double Purchases, double Dropout) FactorsOf(CovariateStep step)
        {
            var (purchases, dropout) = (0.0, 0.0);
            for (var k = 0; k < _gamma.Length; k++)
            {
                purchases += _gamma[k] * step.Values[k];
                dropout += _delta[k] * step.Values[k];
            }

            return (Math.Exp(purchases), Math.Exp(dropout));
        }
    }
}
