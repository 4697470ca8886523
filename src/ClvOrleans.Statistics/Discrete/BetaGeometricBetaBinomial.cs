using System.Collections.Immutable;
using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Discrete;

/// <summary>
/// BG/BB: at each opportunity a living customer buys with probability p, which is beta(α, β) among customers, and before each one dies with
/// probability θ, which is beta(γ, δ) (Fader, Hardie and Shang 2010, "Customer-Base Analysis in a Discrete-Time Noncontractual Setting",
/// Marketing Science 29(6)). Everything is a sum of positive terms by recurrence: nothing cancels or overflows over thousands of
/// opportunities, and no parameter is special, where the published closed forms divide by γ - 1.
/// </summary>
/// <param name="Alpha">α: first parameter of the transaction probability, &gt; 0.</param>
/// <param name="Beta">β: second parameter of the transaction probability, &gt; 0.</param>
/// <param name="Gamma">γ: first parameter of the dropout probability, &gt; 0.</param>
/// <param name="Delta">δ: second parameter of the dropout probability, &gt; 0.</param>
public sealed record BetaGeometricBetaBinomial(double Alpha, double Beta, double Gamma, double Delta)
{
    private const double Large = 1e250;
    private static readonly double LogLarge = Math.Log(Large);

    /// <summary>"bg-bb".</summary>
    public static string Family => "bg-bb";

    /// <summary>Parameters by name.</summary>
    public ImmutableSortedDictionary<string, double> Parameters => ImmutableSortedDictionary<string, double>.Empty
        .Add("alpha", Alpha).Add("beta", Beta).Add("gamma", Gamma).Add("delta", Delta);

    /// <summary>
    /// ln L(α, β, γ, δ | x, t_x, n) of one sequence of opportunities, in any order of the x transactions; -∞ for an impossible history.
    /// L = [B(α + x, β + n - x) B(γ, δ + n) + Σ_{j = t_x}^{n - 1} B(α + x, β - x + j) B(γ + 1, δ + j)] / B(α, β) B(γ, δ).
    /// </summary>
    public double LogLikelihood(OpportunityHistory h) => h.IsPossible
        ? RisingFactorial.Log(Alpha, h.Transactions) + RisingFactorial.Log(Beta, h.Opportunities - h.Transactions)
            - RisingFactorial.Log(Alpha + Beta, h.Opportunities)
            + RisingFactorial.Log(Delta, h.Opportunities) - RisingFactorial.Log(Gamma + Delta, h.Opportunities)
            + LogWays(h)
        : double.NegativeInfinity;

    /// <summary>
    /// P(alive at opportunity n + <paramref name="ahead"/> | x, t_x, n) = B(α + x, β + n - x) B(γ, δ + n + ahead) / B(α, β) B(γ, δ) L, 0 to
    /// 1. 1 ahead, the next opportunity, is what the paper prints; 0 ahead is the last one, at which a customer who took it was alive for
    /// certain.
    /// </summary>
    /// <param name="h">The history.</param>
    /// <param name="ahead">Opportunities ahead, at least 0.</param>
    /// <exception cref="ArgumentException">The history is impossible.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ahead"/> is negative.</exception>
    public double ProbabilityAlive(OpportunityHistory h, int ahead = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ahead);
        var (b, c) = (Delta + Possible(h).Opportunities, Gamma + Delta + h.Opportunities);
        return Math.Exp(RisingFactorial.Log(b, ahead) - RisingFactorial.Log(c, ahead) - LogWays(h));
    }

    /// <summary>
    /// Expected transactions in the next <paramref name="opportunities"/>, from 0 to that number (equation 13, summed over opportunities,
    /// so that γ = 1 is as good as any). For a brand-new customer give the history (0, 0, 0): equation 8.
    /// </summary>
    /// <exception cref="ArgumentException">The history is impossible.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="opportunities"/> is negative.</exception>
    public double ExpectedTransactions(OpportunityHistory h, int opportunities)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opportunities);
        var (sum, survives, n) = (0.0, 1.0, (double)Possible(h).Opportunities);
        for (var m = 0; m < opportunities; m++)
        {
            survives *= Stay(n + m);
            sum += survives;
        }

        return ExpectedWhileAlive(h) * sum;
    }

    /// <summary>
    /// DERT: expected transactions at all future opportunities, the m-th from now discounted by (1 + <paramref name="rate"/>)^-m (equation
    /// 14). At rate 0 it is finite where γ &gt; 1, else ∞.
    /// </summary>
    /// <param name="h">The history.</param>
    /// <param name="rate">
    /// d: effective discount rate from one opportunity to the next, at least 0; of a yearly rate y, (1 + y)^(years between) - 1.
    /// </param>
    /// <exception cref="ArgumentException">The history is impossible.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is negative or not finite.</exception>
    public double DiscountedTransactions(OpportunityHistory h, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(rate), false, nameof(rate));
        var (z, n) = (1 / (1 + rate), Possible(h).Opportunities);
        return ExpectedWhileAlive(h) * z * Stay(n) * DiscountedSurvival.Sum(Delta + n + 1, Gamma + Delta + n + 1, z);
    }

    /// <summary>
    /// Writes P(k transactions in the next <paramref name="opportunities"/> | x, t_x, n) for k = 0, 1, ... until all are written or the
    /// span is full, and returns how many it wrote. Beta-binomial over as many opportunities as the customer lives to see; the work grows
    /// as the number of opportunities times the number of probabilities.
    /// </summary>
    /// <exception cref="ArgumentException">The history is impossible.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="opportunities"/> is negative.</exception>
    public int TransactionProbabilities(OpportunityHistory h, int opportunities, Span<double> probabilities)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opportunities);
        var alive = ProbabilityAlive(h, 0);
        var written = (int)Math.Min(opportunities + 1L, probabilities.Length);
        for (var k = 0; k < written; k++)
        {
            probabilities[k] = (alive * CountWhileAlive(h, opportunities, k)) + (k == 0 ? 1 - alive : 0);
        }

        return written;
    }

    /// <summary>
    /// Expected transactions of whole cohorts, period by period: what an incremental tracking plot shows beside the actual ones; its
    /// running sum is the cumulative one.
    /// </summary>
    /// <param name="cohorts">How many customers were new just before which period: their first opportunity, counted from 1.</param>
    /// <param name="periods">Number of periods, each with one opportunity.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="periods"/> is negative.</exception>
    /// <exception cref="ArgumentException">A cohort starts before period 1 or has a negative number of customers.</exception>
    public double[] ExpectedByPeriod(IEnumerable<(int FirstOpportunity, double Customers)> cohorts, int periods)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(periods);
        var expected = new double[periods];
        foreach (var (start, customers) in cohorts)
        {
            if (start < 1 || !(customers >= 0) || !double.IsFinite(customers))
            {
                throw new ArgumentException($"A cohort of {customers} customers from period {start} is impossible.", nameof(cohorts));
            }

            var each = customers * Alpha / (Alpha + Beta);
            for (var period = start; period <= periods; period++)
            {
                each *= Stay(period - start);
                expected[period - 1] += each;
            }
        }

        return expected;
    }

    // E[p; alive at n]: transactions at an opportunity of who is alive there.
    private double ExpectedWhileAlive(OpportunityHistory h) =>
        ProbabilityAlive(h, 0) * (Alpha + h.Transactions) / (Alpha + Beta + h.Opportunities);

    // P(alive at m + 1 | alive at m).
    private double Stay(double m) => (Delta + m) / (Gamma + Delta + m);

    // ln of all ways to be silent since t_x, relative to being alive at n: that, and to have died after t_x ... n - 1.
    private double LogWays(OpportunityHistory h)
    {
        var (sum, way, offset) = (1.0, Gamma / (Gamma + Delta + h.Opportunities), 0.0);
        for (var j = h.Opportunities - 1; j >= h.LastTransaction; j--)
        {
            way *= (Alpha + Beta + j) / (Beta - h.Transactions + j) / Stay(j) * ((Gamma + Delta + j + 1) / (Gamma + Delta + j));
            sum += way;
            if (way > Large)
            {
                (way, sum, offset) = (way / Large, sum / Large, offset + LogLarge);
            }
        }

        return offset + Math.Log(sum);
    }

    // P(k of m opportunities are taken | alive at n): a beta-binomial number of trials, which is m or, by death, less. Trials go from k up.
    private double CountWhileAlive(OpportunityHistory h, int m, int k)
    {
        var (a, b, n) = (Alpha + h.Transactions, Beta + h.Opportunities - h.Transactions, (double)h.Opportunities);
        var count = 1.0;
        var offset = RisingFactorial.Log(a, k) - RisingFactorial.Log(a + b, k);
        var survives = Math.Exp(RisingFactorial.Log(Delta + n, k) - RisingFactorial.Log(Gamma + Delta + n, k));
        var sum = 0.0;
        for (var i = k; i < m; i++)
        {
            var next = survives * Stay(n + i);
            sum += (survives * Gamma / (Gamma + Delta + n + i)) * count;
            survives = next;
            count *= (i + 1.0) / (i + 1 - k) * ((b + i - k) / (a + b + i));
            if (count > Large)
            {
                (count, sum, offset) = (count / Large, sum / Large, offset + LogLarge);
            }
        }

        return Math.Exp(offset + Math.Log(sum + (survives * count)));
    }

    private static OpportunityHistory Possible(OpportunityHistory h) =>
        h.IsPossible ? h : throw new ArgumentException($"The history is impossible: {h}", nameof(h));
}
