using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// The two ways in which a Pareto/NBD customer can have been silent from t to T, up to the common factor: alive,
/// (α + T)^-c (β + T)^-s, or dropped out at some τ between, ∫ s (α + τ)^-c (β + τ)^-(s+1) dτ. The variable is
/// y = ln((γ + τ) / (γ + t)) with γ = min(α, β): the integrand is then analytic for |Im y| &lt; π, so that a few Gauss-Legendre nodes
/// suffice. The range ends where the integrand has fallen by e^-36. The error is below 10^-9 of the sum, and mostly near 10^-13.
/// </summary>
internal readonly struct SilenceIntegral
{
    private const double Fall = 36;
    private readonly double _c;
    private readonly double _alpha;
    private readonly double _s;
    private readonly double _beta;
    private readonly double _gamma;
    private readonly double _reachAlpha;
    private readonly double _reachBeta;

    /// <summary>For given c = r + x and parameters.</summary>
    public SilenceIntegral(double c, double alpha, double s, double beta)
    {
        (_c, _alpha, _s, _beta, _gamma) = (c, alpha, s, beta, Math.Min(alpha, beta));
        _reachAlpha = Math.Exp(Math.Min(Fall / c, 600)) - 1;
        _reachBeta = Math.Exp(Math.Min(Fall / s, 600)) - 1;
    }

    /// <summary>A rule that suffices for all of these rows.</summary>
    public LegendreRule RuleFor(ReadOnlySpan<double> last, ReadOnlySpan<double> observed)
    {
        var longest = 0.0;
        for (var i = 0; i < last.Length; i++)
        {
            longest = Math.Max(longest, (observed[i] - last[i]) / (_gamma + last[i]));
        }

        var y = Math.Log(1 + longest);
        return LegendreRule.For(y, Math.Min((_c + _s) * y, Fall));
    }

    // A fit is over before the runtime would have found this worth optimising.
    /// <summary>ln of the sum of both ways, and its derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (Vector256<double> Log, Vector256<double> ByShape, Vector256<double> ByAlpha, Vector256<double> ByS,
        Vector256<double> ByBeta) Gradient(
        Vector256<double> last, Vector256<double> observed, LegendreRule rule)
    {
        var (c, alpha, s, beta) = (Vector256.Create(_c), Vector256.Create(_alpha), Vector256.Create(_s), Vector256.Create(_beta));
        var (a0, b0) = (alpha + last, beta + last);
        var start = Vector256.Create(_gamma) + last;
        var (logA0, logB0) = (Vector256.Log(a0), Vector256.Log(b0));
        var top = (c * logA0) + (s * logB0);
        var range = Range(last, observed, a0, b0, start);

        var (aEnd, bEnd) = (alpha + observed, beta + observed);
        var (logAEnd, logBEnd) = (Vector256.Log(aEnd), Vector256.Log(bEnd));
        var alive = Vector256.Exp(top - (c * logAEnd) - (s * logBEnd));

        var (gap, alphaIsLess) = (Vector256.Create(Math.Abs(_alpha - _beta)), _alpha <= _beta);
        var logStart = alphaIsLess ? logA0 : logB0;
        var (sum, sumLogA, sumLogB) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (sumA, sumB) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var j = 0; j < rule.At.Length; j++)
        {
            var y = range * rule.At[j];
            var near = start * Vector256.Exp(y);
            var far = near + gap;
            var (logNear, logFar) = (logStart + y, Vector256.Log(far));
            var (logA, logB) = alphaIsLess ? (logNear, logFar) : (logFar, logNear);
            // dτ = (γ + τ) dy and the integrand has 1 / (β + τ) left over.
            var both = Vector256<double>.One / (near * far);
            var (overNear, overFar) = (both * far, both * near);
            var (overA, overB) = alphaIsLess ? (overNear, overFar) : (overFar, overNear);
            var f = Vector256.Exp(top - (c * logA) - (s * logB)) * near * overB * rule.Weight[j];
            sum += f;
            sumLogA += f * logA;
            sumLogB += f * logB;
            sumA += f * overA;
            sumB += f * overB;
        }

        var dead = sum * range * s;
        var whole = alive + dead;
        var pAlive = alive / whole;
        var part = range * s / whole;
        return (
            Vector256.Log(whole) - top,
            -(pAlive * logAEnd) - (part * sumLogA),
            -c * ((pAlive / aEnd) + (part * sumA)),
            (dead / (whole * s)) - (pAlive * logBEnd) - (part * sumLogB),
            -(s * pAlive / bEnd) - ((s + Vector256<double>.One) * part * sumB));
    }

    /// <summary>P(alive) of one customer: the share of the first way. Here the nodes lie side by side in the lanes.</summary>
    public double Alive(double last, double observed)
    {
        var (a0, b0, start) = (_alpha + last, _beta + last, _gamma + last);
        var silence = Math.Min(observed - last, Math.Min(a0 * _reachAlpha, b0 * _reachBeta));
        var range = double.LogP1(silence / start);
        var rule = LegendreRule.For(range, Math.Min((_c + _s) * range, Fall));
        var (c, s, gap) = (Vector256.Create(_c), Vector256.Create(_s), Vector256.Create(Math.Abs(_alpha - _beta) / start));
        var alphaIsLess = _alpha <= _beta;
        var (nearPower, farPower) = alphaIsLess ? (c, s) : (s, c);
        // Relative to the silence's start: near = (γ + τ) / (γ + t), far = the other one over its own start.
        var farStart = Vector256<double>.One + gap;
        var sum = Vector256<double>.Zero;
        for (var j = 0; j < rule.At.Length; j += Lanes.Width)
        {
            var y = range * Lanes.Load(rule.At, j, 0);
            var near = Vector256.Exp(y);
            var far = near + gap;
            var f = Vector256.Exp(-(nearPower * y) - (farPower * Vector256.Log(far / farStart)));
            sum += Lanes.Load(rule.Weight, j, 0) * (alphaIsLess ? f * near / far : f);
        }

        var dead = Vector256.Sum(sum) * range * _s;
        var alive = Math.Exp((_c * Math.Log(a0 / (_alpha + observed))) + (_s * Math.Log(b0 / (_beta + observed))));
        return alive / (alive + dead);
    }

    private Vector256<double> Range(
        Vector256<double> last, Vector256<double> observed, Vector256<double> a0, Vector256<double> b0, Vector256<double> start)
    {
        var silence = Vector256.Min(observed - last, Vector256.Min(a0 * _reachAlpha, b0 * _reachBeta));
        return Vector256.Log(Vector256<double>.One + (silence / start));
    }
}
