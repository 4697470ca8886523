using System.Runtime.Intrinsics;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Statistics.Numerics;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Intervals;

/// <summary>
/// The predictive distribution of what many customers will be worth together: a level that they share times independent parts. Of these it
/// needs three sums, which add up exactly whatever the set of customers: expected values, variances given the level, and hazards of a
/// purchase. Given a level λ nothing comes with exp(-λ hazard), the mean is λ times the expected value and the variance λ times that of the
/// parts, as of purchases that come λ times as often; where something comes its logarithm is taken to be normal, with that mean and
/// variance.
/// </summary>
/// <param name="Expected">Sum of the expected values, in minor units.</param>
/// <param name="Variance">Sum of the variances given the level, in squared minor units.</param>
/// <param name="Hazard">Sum of -ln P(no purchase).</param>
/// <param name="Level">The level, drawn for totals.</param>
public readonly record struct TotalDistribution(double Expected, double Variance, double Hazard, LevelDraws Level)
{
    private const double Tolerance = 1e-7;
    private const double Exactness = 1e-9;
    private const double Widest = .1;
    private const int MostLooks = 30;

    /// <summary>The total that is not exceeded with a probability; 0 where nothing comes at least as probably.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    public double Quantile(double probability)
    {
        Span<double> some = stackalloc double[LevelDraws.OfTotal];
        Span<double> middles = stackalloc double[LevelDraws.OfTotal];
        Span<double> spreads = stackalloc double[LevelDraws.OfTotal];
        if (!(Expected > 0) || Prepare(some, middles, spreads) >= probability)
        {
            return 0;
        }

        return Math.Exp(Find(probability, some, middles, spreads));
    }

    /// <summary>The central interval of a level such as .8.</summary>
    public ValueInterval Interval(double level) =>
        new(Money.Rounded(Quantile((1 - level) / 2)), Money.Rounded(Quantile((1 + level) / 2)), level);

    /// <summary>The probability of at most a total.</summary>
    /// <param name="total">The total, at least 0, in minor units.</param>
    public double Cumulative(double total)
    {
        Span<double> some = stackalloc double[LevelDraws.OfTotal];
        Span<double> middles = stackalloc double[LevelDraws.OfTotal];
        Span<double> spreads = stackalloc double[LevelDraws.OfTotal];
        if (!(Expected > 0))
        {
            return 1;
        }

        var nothing = Prepare(some, middles, spreads);
        return total > 0 ? Cumulative(Math.Log(total), some, middles, spreads) : nothing;
    }

    // The logarithm lies about between those of the least and the greatest level, and where it does not the bracket is widened. The
    // probability rises smoothly: the line between the ends meets the one that is asked for nearly there, and an end that stays counts half
    // the next time (the Illinois rule), so that a handful of looks are enough.
    private static double Find(double probability, ReadOnlySpan<double> some, ReadOnlySpan<double> middles, ReadOnlySpan<double> spreads)
    {
        var (low, high) = (OwnAt(0, some, middles, spreads), OwnAt(some.Length - 1, some, middles, spreads));
        (low, high) = (Math.Min(low, high) - Tolerance, Math.Max(low, high) + Tolerance);
        var (left, right) = (Excess(low, some, middles, spreads), Excess(high, some, middles, spreads));
        for (var wider = Widest; left > 0 || right < 0; wider *= 2)
        {
            (low, left) = left > 0 ? (low - wider, Excess(low - wider, some, middles, spreads)) : (low, left);
            (high, right) = right < 0 ? (high + wider, Excess(high + wider, some, middles, spreads)) : (high, right);
        }

        var exact = Exactness * Math.Min(probability, 1 - probability);
        var kept = 0;
        for (var look = 0; high - low > Tolerance; look++)
        {
            var at = look < MostLooks && right > left ? high - (right * (high - low) / (right - left)) : (low + high) / 2;
            var excess = Excess(at, some, middles, spreads);
            if (Math.Abs(excess) <= exact)
            {
                return at;
            }

            (low, left, high, right, kept) = excess < 0
                ? (at, excess, high, kept < 0 ? right / 2 : right, -1)
                : (low, kept > 0 ? left / 2 : left, at, excess, 1);
        }

        return (low + high) / 2;

        double OwnAt(int i, ReadOnlySpan<double> some, ReadOnlySpan<double> middles, ReadOnlySpan<double> spreads) =>
            middles[i] + (spreads[i] * Gaussian.Quantile(Math.Clamp((probability - 1 + some[i]) / some[i], 1e-9, 1 - 1e-9)));

        double Excess(double log, ReadOnlySpan<double> some, ReadOnlySpan<double> middles, ReadOnlySpan<double> spreads) =>
            Cumulative(log, some, middles, spreads) - probability;
    }

    // For each level P(something), and middle and spread of the logarithm of what comes then; returns P(nothing).
    private double Prepare(Span<double> some, Span<double> middles, Span<double> spreads)
    {
        var (log, relative, nothing) = (Math.Log(Expected), Variance / Expected / Expected, 0.0);
        for (var i = 0; i < some.Length; i++)
        {
            var factor = Level.Factors[i];
            some[i] = -double.ExpM1(-Math.Max(Hazard * factor, 1e-12));
            var variance = Math.Log(Math.Max(((relative / factor) + 1) * some[i], 1 + 1e-12));
            spreads[i] = Math.Sqrt(variance);
            middles[i] = log + Level.Logarithms[i] - Math.Log(some[i]) - (variance / 2);
            nothing += 1 - some[i];
        }

        return nothing / some.Length;
    }

    private static double Cumulative(double log, ReadOnlySpan<double> some, ReadOnlySpan<double> middles, ReadOnlySpan<double> spreads)
    {
        var sum = Vector256<double>.Zero;
        var at = Vector256.Create(log);
        for (var i = 0; i < some.Length; i += Vector256<double>.Count)
        {
            var scores = (at - Lane(middles, i)) / Lane(spreads, i);
            sum += Vector256<double>.One + (Lane(some, i) * (Gaussian.Cumulative(scores) - Vector256<double>.One));
        }

        return Vector256.Sum(sum) / some.Length;

        static Vector256<double> Lane(ReadOnlySpan<double> values, int at) => Vector256.Create(values[at..]);
    }
}
