namespace ClvOrleans.Statistics.Numerics;

/// <summary>
/// Σ_{k≥0} z^k (b)_k / (c)_k = ₂F₁(1, b; c; z): the discounted sum of the chances to survive k periods when the chance to drop out in each
/// is beta(c - b, b) among customers.
/// </summary>
internal static class DiscountedSurvival
{
    private const int MaxSteps = 10_000_000;

    /// <summary>
    /// The sum for c &gt; b &gt; 0, c &gt; 1 and 0 ≤ z ≤ 1; ∞ where it diverges, at z = 1 and c - b ≤ 1. Gauss's continued fraction (DLMF
    /// 15.7.1 with one parameter 0): a rate of 10^-6 a period takes thousands of its steps where the series takes tens of millions.
    /// </summary>
    public static double Sum(double b, double c, double z)
    {
        if (z == 1)
        {
            return c - b > 1 ? (c - 1) / (c - b - 1) : double.PositiveInfinity;
        }

        // Lentz's way; all denominators are positive for z < 1.
        var lead = c - 1;
        var (value, numerator, denominator) = (1.0, 1.0, 0.0);
        for (var i = 1; i < MaxSteps; i++)
        {
            var n = i / 2;
            var u = i % 2 == 1 ? (b + n) * (lead + n) : n * (lead - b + n);
            var step = -u * z / ((lead + i - 1) * (lead + i));
            denominator = 1 / (1 + (step * denominator));
            numerator = 1 + (step / numerator);
            var change = numerator * denominator;
            value *= change;
            if (Math.Abs(change - 1) < 1e-16)
            {
                break;
            }
        }

        return 1 / value;
    }
}
