using System.Runtime.Intrinsics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// (M)BG/CNBD-k for one horizon. The count is summed step by step over the hidden phases; the lanes are the horizon itself and the three
/// nodes of the Gauss-Legendre rule for the discount by parts, so that one pass serves both. The discount is exact to 3 10^-4.
/// </summary>
internal sealed class RegularExpectations : IConditionalExpectations
{
    private const int Most = 512;
    private static readonly double Root = Math.Sqrt(.6);
    private readonly BetaGeometricNbd _model;
    private readonly PlainExpectations _plain;
    private readonly Vector256<double> _ends;
    private readonly Vector256<double> _weights;

    /// <summary>Prepares a model with k &gt; 1.</summary>
    public RegularExpectations(BetaGeometricNbd model, double horizon, double rate)
    {
        (_model, _plain) = (model, new PlainExpectations(model, horizon, rate));
        // In the square root of time, since the expectation bends most at its start.
        var roots = Vector256.Create(1, (1 - Root) / 2, .5, (1 + Root) / 2);
        _ends = horizon * roots * roots;
        _weights = Vector256.Exp(-rate * _ends) * Vector256.Create(1, 5 * roots[1], 8 * roots[2], 5 * roots[3])
            * Vector256.Create(1, rate * horizon / 9, rate * horizon / 9, rate * horizon / 9);
    }

    /// <inheritdoc />
    public double Orders(in PurchaseHistory h)
    {
        Span<double> counts = stackalloc double[Most];
        return Of(h, 0, counts).Orders;
    }

    /// <inheritdoc />
    public PurchaseExpectation Of(in PurchaseHistory h, double variance, Span<double> counts)
    {
        var (shape, end) = (_model.R + (_model.K * h.Repeats), _model.Alpha + h.Observed);
        var wide = 1 / (1 + (shape * variance));
        Span<Vector256<double>> reached = stackalloc Vector256<double>[Most];
        var bins = counts.Length > Most ? 0 : Fill(shape * wide, end * wide, (h.Observed - h.LastPurchase) / end, reached[..counts.Length]);
        if (bins == 0)
        {
            return _plain.Of(h, variance, counts);
        }

        var alive = _model.ProbabilityAlive(h);
        var (stays, chances, left, rest) = (1.0, h.Repeats + (_model.DropsAtFirst ? 1 : 0), Vector256<double>.One, 1.0);
        var orders = Vector256<double>.Zero;
        for (var n = 0; n < bins; n++)
        {
            // left is P(n purchases would be reached), stays P(none of n - 1 was the last).
            var stay = n == 0 ? 1 : stays * (_model.B + chances + n - 1) / (_model.A + _model.B + chances + n - 1);
            orders += n == 0 ? Vector256<double>.Zero : stays * left;
            counts[n] = (alive * ((stay * reached[n][0]) + ((stays - stay) * left[0]))) + (n == 0 ? 1 - alive : 0);
            rest -= counts[n];
            left -= reached[n];
            stays = stay;
            if (rest < ConditionalExpectations.Rest)
            {
                bins = n + 1;
            }
        }

        return new PurchaseExpectation(alive, alive * orders[0], alive * Vector256.Sum(orders * _weights), bins);
    }

    // Writes P(n purchases without dropout) for the four ends; 0 where the plain way must do.
    private int Fill(double shape, double end, double silence, Span<Vector256<double>> bins)
    {
        var (total, phase) = (1.0, 1.0);
        for (var j = 1; j < _model.K; j++)
        {
            phase *= (shape + j - 1) / j * silence;
            total += phase;
        }

        var none = -Vector256.Log(Vector256<double>.One + (_ends / end));
        if ((shape + _model.K) * none[0] < -600)
        {
            return 0;
        }

        var ratio = _ends / (_ends + Vector256.Create(end));
        var (written, share) = (0, 1 / total);
        for (var j = 0; j < _model.K; j++)
        {
            var c = shape + j;
            var term = share * Vector256.Exp(c * none);
            var (left, mean) = (share, c * ratio[0] / (1 - ratio[0]));
            for (var m = 0; ; m++)
            {
                var n = (j + m) / _model.K;
                if (n >= bins.Length)
                {
                    return 0;
                }

                bins[n] += term;
                left -= term[0];
                written = Math.Max(written, n + 1);
                if (left < ConditionalExpectations.Rest / 10 || (term[0] < ConditionalExpectations.Rest / 100 && m > mean))
                {
                    break;
                }

                term *= ratio * ((c + m) / (m + 1));
            }

            share *= c / (j + 1) * silence;
        }

        return written;
    }
}
