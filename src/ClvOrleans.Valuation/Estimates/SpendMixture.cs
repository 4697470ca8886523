using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics;

namespace ClvOrleans.Valuation.Estimates;

/// <summary>
/// The distribution of a customer's spend: P(n) of n purchases mixed with their sum. Under Gamma-Gamma the sum of n purchases over
/// scale is beta-prime(p n, b), b = p x + q and scale = v + x m: the regularised beta function at s / (s + scale). Its quantiles are found
/// in ln s, where the normal score of the distribution is almost straight, with the beta distribution by Peizer and Pratt (1968), whose
/// error is below .002 for p n and b above 1.5; smaller p n are computed exactly.
/// </summary>
internal ref struct SpendMixture
{
    private const int MostTerms = 512;
    private const double Least = 1.5;
    private readonly Span<double> _weight;
    private readonly Span<double> _a;
    private readonly Span<double> _constant;
    private readonly int _count;
    private readonly int _exact;
    private readonly double _b;
    private readonly double _none;
    private readonly double _some;
    private readonly double _mean;
    private readonly double _deviation;

    /// <summary>Prepares the mixture.</summary>
    /// <param name="counts">P(n), n = 0, 1, ...</param>
    /// <param name="p">Shape of one purchase.</param>
    /// <param name="b">Second parameter of the beta-prime, &gt; 1.</param>
    /// <param name="buffer">Room for three times <see cref="Terms"/>.</param>
    public SpendMixture(ReadOnlySpan<double> counts, double p, double b, Span<double> buffer)
    {
        var terms = buffer.Length / 3;
        _weight = buffer[..terms];
        _a = buffer[terms..(2 * terms)];
        _constant = buffer[(2 * terms)..];
        (_b, _none) = (b, counts[0]);
        var (left, first, second) = (1 - counts[0], 0.0, 0.0);
        for (var n = 1; n < counts.Length && left > 1e-7;)
        {
            // Neighbours are joined where they are much nearer to each other than the sum of n purchases is wide.
            var spread = Math.Sqrt(((1 / (p * n)) + (1 / b)) / 8);
            var width = Math.Min(Math.Max((int)(n * spread), counts.Length / (MostTerms - 8)) + 1, counts.Length - n);
            var (weight, at) = (0.0, 0.0);
            for (var i = 0; i < width; i++, n++)
            {
                weight += counts[n];
                at += counts[n] * n;
            }

            if (weight <= 0)
            {
                continue;
            }

            var a = p * at / weight;
            (_weight[_count], _a[_count]) = (weight, a);
            first += weight * a;
            second += weight * a * (a + 1);
            _some += weight;
            left -= weight;
            _exact += a < Least ? 1 : 0;
            _count++;
        }

        if (_count == 0)
        {
            return;
        }

        for (var i = _count; i % Lanes.Width != 0; i++)
        {
            (_weight[i], _a[i]) = (0, _a[_count - 1]);
        }

        var half = Vector256.Create(b - .5);
        var logHalf = Vector256.Create(Math.Log(b - .5));
        for (var i = 0; i < _count; i += Lanes.Width)
        {
            var a = Vector256.Max(Lanes.Load(_a, i, 0) - Vector256.Create(.5), Vector256.Create(1e-9));
            var n = a + half;
            ((a * Vector256.Log(a)) + (half * logHalf) - (n * Vector256.Log(n))).CopyTo(_constant[i..]);
        }

        _mean = first / _some / (b - 1);
        var square = b > 2 ? second / _some / ((b - 1) * (b - 2)) : 3 * _mean * _mean;
        _deviation = Math.Sqrt(Math.Log(Math.Max(1.0001, square / (_mean * _mean))));
    }

    /// <summary>Terms that a number of counts may need, a whole number of lanes.</summary>
    public static int Terms(int counts) => (Math.Min(counts, MostTerms) + Lanes.Width - 1) / Lanes.Width * Lanes.Width;

    /// <summary>The spend, over scale, that is not exceeded with this probability; 0 where there may well be no purchase.</summary>
    public readonly double Quantile(double probability)
    {
        var target = (probability - _none) / (1 - _none);
        if (target <= 0 || _count == 0)
        {
            return 0;
        }

        // Newton with the slope of a lognormal, then the secant, kept between what is known to be too low and too high.
        target = Math.Min(target, 1 - 1e-9);
        var score = Gaussian.Quantile(target);
        var x = Math.Log(_mean) + (_deviation * (score - (_deviation / 2)));
        var (low, high, slope) = (double.NegativeInfinity, double.PositiveInfinity, 1 / _deviation);
        var (lastX, lastMiss) = (double.NaN, 0.0);
        for (var i = 0; i < 60; i++)
        {
            var reached = Math.Clamp(Cumulative(x), 1e-12, 1 - 1e-12);
            var miss = Gaussian.Quantile(reached) - score;
            if (Math.Abs(miss) < 2e-5 || high - low < 1e-9)
            {
                break;
            }

            (low, high) = miss < 0 ? (x, high) : (low, x);
            if (!double.IsNaN(lastX))
            {
                var secant = (miss - lastMiss) / (x - lastX);
                slope = secant > 0 ? secant : slope;
            }

            (lastX, lastMiss) = (x, miss);
            x -= Math.Clamp(miss / slope, -4, 4);
            if (x <= low || x >= high)
            {
                x = double.IsFinite(low) && double.IsFinite(high) ? (low + high) / 2 : double.IsFinite(low) ? low + 1 : high - 1;
            }
        }

        return Math.Exp(x);
    }

    // P(spend ≤ scale e^x | at least one purchase).
    private readonly double Cumulative(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        var small = e / (1 + e);
        var (z, y) = x > 0 ? (1 - small, small) : (small, 1 - small);
        var log = double.LogP1(e);
        var (logZ, logY) = x > 0 ? (-log, -x - log) : (x - log, -log);
        var sum = 0.0;
        for (var i = 0; i < _exact; i++)
        {
            sum += _weight[i] * SpecialFunctions.BetaRegularized(_a[i], _b, z);
        }

        var b = Vector256.Create(_b);
        var half = b - Vector256.Create(.5);
        var total = Vector256<double>.Zero;
        for (var i = _exact / Lanes.Width * Lanes.Width; i < _count; i += Lanes.Width)
        {
            var a = Vector256.Create<double>(_a.Slice(i, Lanes.Width));
            var w = Vector256.Create<double>(_weight.Slice(i, Lanes.Width));
            var n = a + half - Vector256.Create(.5);
            var d = b - Vector256.Create(1 / 3.0) - ((n + Vector256.Create(1 / 3.0)) * y)
                + (Vector256.Create(.02) * ((Vector256.Create(z) / b) - (Vector256.Create(y) / a) + (Vector256.Create(z - .5) / (a + b))));
            var gap = half - (n * y);
            var deviance = Vector256.Create<double>(_constant.Slice(i, Lanes.Width)) - ((a - Vector256.Create(.5)) * logZ) - (half * logY);
            var over = Vector256<double>.One / (n + Vector256.Create(1 / 6.0));
            var ratio = Vector256.ConditionalSelect(
                Vector256.LessThan(Vector256.Abs(gap), n * 1e-4),
                over / (z * y),
                2 * Vector256.Max(deviance, Vector256<double>.Zero) * n * over / (gap * gap));
            var score = d * Vector256.Sqrt(ratio);
            if (i < _exact)
            {
                w = Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256.Create(Least)), Vector256<double>.Zero, w);
                score = Vector256.ConditionalSelect(Vector256.Equals(score, score), score, Vector256<double>.Zero);
            }

            total += w * Gaussian.Cumulative(score);
        }

        return (sum + Vector256.Sum(total)) / _some;
    }
}
