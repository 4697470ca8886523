using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// Pareto/NBD for one horizon. The count is mixed over the time of dropout on 16 Gauss-Legendre nodes or more, four at a time.
/// </summary>
internal sealed class ParetoExpectations(ParetoNbd model, double horizon, double rate) : IConditionalExpectations
{
    private const int Vectors = 4;

    /// <inheritdoc />
    public double Orders(in PurchaseHistory h) =>
        Alive(h) * (model.R + h.Repeats) / (model.Alpha + h.Observed) * Lifetime(model.Beta + h.Observed);

    /// <inheritdoc />
    public PurchaseExpectation Of(in PurchaseHistory h, double variance, Span<double> counts)
    {
        var (shape, end, left) = (model.R + h.Repeats, model.Alpha + h.Observed, model.Beta + h.Observed);
        var alive = Alive(h);
        var wide = 1 / (1 + (shape * variance));
        var range = double.LogP1(horizon / left);
        var (written, discounted) = Counts(shape * wide, end * wide, left, range, alive, counts);
        var flow = alive * shape / end;
        return new PurchaseExpectation(alive, flow * Lifetime(left), flow * discounted, written);
    }

    // Writes the counts, and returns ∫ e^(-δu) P(not dropped out by u) du, which has the same nodes.
    private (int Written, double Discounted) Counts(double shape, double end, double left, double range, double alive, Span<double> counts)
    {
        // Many purchases are told apart by more nodes.
        var least = -shape * double.LogP1(horizon / end);
        var rule = least > -10 ? LegendreRule.Medium : LegendreRule.Fine;
        var vectors = rule.At.Length / Lanes.Width;
        Span<Vector256<double>> terms = stackalloc Vector256<double>[vectors];
        Span<Vector256<double>> ratios = stackalloc Vector256<double>[vectors];
        var discounted = Vector256<double>.Zero;
        for (var i = 0; i < vectors; i++)
        {
            var y = range * Lanes.Load(rule.At, i * Lanes.Width, 0);
            var weight = range * Lanes.Load(rule.Weight, i * Lanes.Width, 0);
            var grown = Vector256.Exp(y);
            var u = left * (grown - Vector256<double>.One);
            var survives = Vector256.Exp(-model.S * y);
            discounted += weight * left * grown * survives * Vector256.Exp(-rate * u);
            terms[i] = weight * model.S * survives * Vector256.Exp(-shape * Vector256.Log(Vector256<double>.One + (u / end)));
            ratios[i] = u / (u + Vector256.Create(end));
        }

        var survivor = Math.Exp(least - (model.S * range));
        var written = least < -600 ? Slow(shape, end, left, alive, counts)
            : vectors == Vectors ? Sixteen(terms, ratios, shape, end, survivor, alive, counts)
            : Many(terms, ratios, shape, end, survivor, alive, counts);
        return (written, Vector256.Sum(discounted));
    }

    private int Sixteen(
        ReadOnlySpan<Vector256<double>> terms,
        ReadOnlySpan<Vector256<double>> ratios,
        double shape,
        double end,
        double survivor,
        double alive,
        Span<double> counts)
    {
        var (t0, t1, t2, t3) = (terms[0], terms[1], terms[2], terms[3]);
        var (r0, r1, r2, r3) = (ratios[0], ratios[1], ratios[2], ratios[3]);
        var (ratio, mean, rest) = (horizon / (horizon + end), shape * horizon / end, 1.0);
        for (var n = 0; n < counts.Length; n++)
        {
            var p = (alive * (survivor + Vector256.Sum(t0 + t1 + (t2 + t3)))) + (n == 0 ? 1 - alive : 0);
            counts[n] = p;
            rest -= p;
            if (rest < ConditionalExpectations.Rest || (p < ConditionalExpectations.Rest && n > mean))
            {
                return n + 1;
            }

            var step = (shape + n) / (n + 1);
            survivor *= step * ratio;
            t0 *= step * r0;
            t1 *= step * r1;
            t2 *= step * r2;
            t3 *= step * r3;
        }

        return counts.Length;
    }

    private int Many(
        Span<Vector256<double>> terms,
        ReadOnlySpan<Vector256<double>> ratios,
        double shape,
        double end,
        double survivor,
        double alive,
        Span<double> counts)
    {
        var (ratio, mean, rest) = (horizon / (horizon + end), shape * horizon / end, 1.0);
        for (var n = 0; n < counts.Length; n++)
        {
            var step = (shape + n) / (n + 1);
            var sum = Vector256<double>.Zero;
            for (var i = 0; i < terms.Length; i++)
            {
                sum += terms[i];
                terms[i] *= step * ratios[i];
            }

            counts[n] = (alive * (survivor + Vector256.Sum(sum))) + (n == 0 ? 1 - alive : 0);
            rest -= counts[n];
            if (rest < ConditionalExpectations.Rest || (counts[n] < ConditionalExpectations.Rest && n > mean))
            {
                return n + 1;
            }

            survivor *= step * ratio;
        }

        return counts.Length;
    }

    // Where P(0) is below the smallest number: a customer of very many purchases.
    private int Slow(double shape, double end, double left, double alive, Span<double> counts)
    {
        var written = new ParetoNbd(shape, end, model.S, left).PurchaseProbabilities(default, horizon, counts);
        for (var n = 0; n < written; n++)
        {
            counts[n] = (alive * counts[n]) + (n == 0 ? 1 - alive : 0);
        }

        return written;
    }

    // E[min(lifetime, horizon)]; the limit at s = 1 is a logarithm.
    private double Lifetime(double left)
    {
        var log = double.LogP1(horizon / left);
        return Math.Abs(model.S - 1) < 1e-9 ? left * log : -left * double.ExpM1((1 - model.S) * log) / (model.S - 1);
    }

    private double Alive(in PurchaseHistory h) =>
        new SilenceIntegral(model.R + h.Repeats, model.Alpha, model.S, model.Beta).Alive(h.LastPurchase, h.Observed);
}
