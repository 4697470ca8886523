namespace ClvOrleans.Statistics.Numerics;

/// <summary>The Gauss hypergeometric function on the part of its domain that lifetime models use.</summary>
public static class Hypergeometric
{
    private const int MaxTerms = 200_000;

    /// <summary>
    /// ln ₂F₁(a, b; c; z) for a, b, c &gt; 0 and 0 ≤ z &lt; 1 by the power series (DLMF 15.2.1), whose terms are then
    /// all positive, so that nothing cancels. The sum is rescaled as it grows, so it cannot overflow.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside that domain.</exception>
    public static double Log2F1(double a, double b, double c, double z)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(b);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(c);
        ArgumentOutOfRangeException.ThrowIfNegative(z);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(z, 1.0);

        // Euler's transformation (DLMF 15.8.1) makes the series short where z is near 1 and c - a, c - b are positive.
        if (z > 0.5 && c - a > 0 && c - b > 0 && a + b - c > 0)
        {
            return ((c - a - b) * Math.Log(1 - z)) + LogSeries(c - a, c - b, c, z);
        }

        return LogSeries(a, b, c, z);
    }

    /// <summary>A ratio that is below one but for rounding, below one.</summary>
    internal static double BelowOne(double ratio) => Math.Min(ratio, Math.BitDecrement(1.0));

    private static double LogSeries(double a, double b, double c, double z)
    {
        const double large = 1e250;
        double sum = 1, term = 1, scale = 0;
        for (var k = 0; k < MaxTerms; k++)
        {
            term *= (a + k) / (c + k) * ((b + k) / (k + 1)) * z;
            sum += term;
            if (sum > large)
            {
                sum /= large;
                term /= large;
                scale += Math.Log(large);
            }

            if (term < sum * 1e-17)
            {
                break;
            }
        }

        return scale + Math.Log(sum);
    }
}
