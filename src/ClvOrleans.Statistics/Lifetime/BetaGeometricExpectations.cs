using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Lifetime;

/// <summary>
/// BG/NBD and MBG/NBD for one horizon. The count is summed by the ratio of neighbours; the discount comes from Gauss-Jacobi over the
/// dropout probability, whose rules are kept by the number of chances to drop out.
/// </summary>
internal sealed class BetaGeometricExpectations(BetaGeometricNbd model, double horizon, double rate) : IConditionalExpectations
{
    private readonly JacobiRule?[] _rules = new JacobiRule?[1024];
    private readonly LegendreRule _times = LegendreRule.Short;

    /// <inheritdoc />
    public double Orders(in PurchaseHistory h)
    {
        var (shape, end) = (model.R + h.Repeats, model.Alpha + h.Observed);
        var rule = RuleFor(Chances(h));
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < rule.At.Length; i += Lanes.Width)
        {
            var p = Lanes.Load(rule.At, i, 0);
            var survives = Vector256.Exp(-shape * Vector256.Log(Vector256<double>.One + (p * (horizon / end))));
            sum += Lanes.Load(rule.Weight, i, 0) * (Vector256<double>.One - survives) / p;
        }

        return Alive(h) * Vector256.Sum(sum);
    }

    /// <inheritdoc />
    public PurchaseExpectation Of(in PurchaseHistory h, double variance, Span<double> counts)
    {
        var (shape, end, chances) = (model.R + h.Repeats, model.Alpha + h.Observed, Chances(h));
        var alive = Alive(h);
        var wide = 1 / (1 + (shape * variance));
        var (written, orders) = Counts(shape * wide, end * wide, chances, alive, counts);
        var expected = variance == 0 ? orders : Orders(h);
        return new PurchaseExpectation(alive, expected, expected * Discount(shape, end, chances), written);
    }

    private (int Written, double Orders) Counts(double shape, double end, double chances, double alive, Span<double> counts)
    {
        var z = horizon / (end + horizon);
        var term = Math.Exp(-shape * double.LogP1(horizon / end));
        if (term < 1e-280)
        {
            return Slow(counts, shape, end, chances, alive);
        }

        var (stays, reached, rest, sum) = (1.0, 1.0, 1.0, 0.0);
        var (a, b) = (model.A, model.B + chances - 1);
        counts[0] = 1 - alive + (alive * term);
        rest -= counts[0];
        for (var n = 1; n < counts.Length; n++)
        {
            reached -= term;
            sum += stays * reached;
            term *= (shape + n - 1) / n * z;
            var stay = stays * (b + n) / (a + b + n);
            var p = alive * ((stay * term) + ((stays - stay) * reached));
            stays = stay;
            counts[n] = p;
            rest -= p;
            if (rest < ConditionalExpectations.Rest)
            {
                return (n + 1, alive * sum);
            }
        }

        return (counts.Length, alive * sum);
    }

    // Where P(0) is below the smallest number: a customer of very many purchases.
    private (int Written, double Orders) Slow(Span<double> counts, double shape, double end, double chances, double alive)
    {
        var equivalent = new BetaGeometricNbd(shape, end, model.A, model.B + chances);
        var written = equivalent.PurchaseProbabilities(default, horizon, counts);
        for (var n = 0; n < written; n++)
        {
            counts[n] = (alive * counts[n]) + (n == 0 ? 1 - alive : 0);
        }

        return (written, alive * equivalent.ExpectedPurchases(default, horizon));
    }

    // Ratio of ∫ e^(-δu) E'(u) du to ∫ E'(u) du, E'(u) being the mean of c / A (1 + p u / A)^-(c + 1) over p.
    private double Discount(double shape, double end, double chances)
    {
        if (rate == 0)
        {
            return 1;
        }

        var rule = RuleFor(chances);
        var range = double.LogP1(horizon / end);
        var (all, discounted) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var j = 0; j < _times.At.Length; j += Lanes.Width)
        {
            // u = end (e^y - 1): the flow bends on the scale of the time observed.
            var grown = Vector256.Exp(range * Lanes.Load(_times.At, j, 0));
            var u = end * (grown - Vector256<double>.One);
            var flow = Vector256<double>.Zero;
            for (var i = 0; i < rule.At.Length; i++)
            {
                flow += rule.Weight[i] * Vector256.Exp(-(shape + 1) * Vector256.Log(Vector256<double>.One + (rule.At[i] / end * u)));
            }

            flow *= grown * Lanes.Load(_times.Weight, j, 0);
            all += flow;
            discounted += flow * Vector256.Exp(-rate * u);
        }

        return Vector256.Sum(discounted) / Vector256.Sum(all);
    }

    private double Chances(in PurchaseHistory h) => h.Repeats + (model.DropsAtFirst ? 1 : 0);

    private double Alive(in PurchaseHistory h)
    {
        var chances = Chances(h);
        if (chances == 0)
        {
            return 1;
        }

        var odds = model.A / (model.B + chances - 1)
            * Math.Exp((model.R + h.Repeats) * Math.Log((model.Alpha + h.Observed) / (model.Alpha + h.LastPurchase)));
        return 1 / (1 + odds);
    }

    private JacobiRule RuleFor(double chances)
    {
        var index = (int)chances;
        return index != chances || index >= _rules.Length
            ? new JacobiRule(model.A, model.B + chances)
            : _rules[index] ??= new JacobiRule(model.A, model.B + chances);
    }
}
