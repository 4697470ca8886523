using System.Numerics;

namespace ClvOrleans.Reports.Noise;

/// <summary>
/// Noise of whole numbers, x with probability proportional to e^(-|x| / scale): the two-sided geometric distribution (Ghosh, Roughgarden,
/// Sundararajan 2009). Added to a figure that one customer changes by at most the sensitivity, a scale of sensitivity / epsilon makes it
/// epsilon-differentially private. Drawn exactly, without floating-point numbers, whose gaps would tell the figure (Mironov 2012).
/// </summary>
public sealed class DiscreteLaplace
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    /// <summary>Of a scale that is a fraction.</summary>
    /// <param name="numerator">Its numerator, above 0.</param>
    /// <param name="denominator">Its denominator, above 0.</param>
    public DiscreteLaplace(BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (_numerator, _denominator) = (numerator / common, denominator / common);
    }

    /// <summary>For figures that one customer changes by so much at most.</summary>
    /// <param name="sensitivity">By how much, above 0.</param>
    /// <param name="epsilon">The privacy loss, above 0.</param>
    /// <param name="parts">Into how many equal parts it is split.</param>
    public static DiscreteLaplace Of(BigInteger sensitivity, decimal epsilon, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        var denominator = BigInteger.Pow(10, epsilon.Scale);
        return new DiscreteLaplace(sensitivity * parts * denominator, new BigInteger(epsilon * (decimal)denominator));
    }

    /// <summary>The scale: the mean size of what is drawn is about it.</summary>
    public double Scale => (double)_numerator / (double)_denominator;

    /// <summary>The probability of a number.</summary>
    public double MassOf(long x)
    {
        var ratio = Math.Exp(-1 / Scale);
        return (1 - ratio) / (1 + ratio) * Math.Exp(-Math.Abs(x) / Scale);
    }

    /// <summary>The probability of a number or a greater one.</summary>
    /// <param name="x">The number, above 0.</param>
    public double TailOf(long x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        return Math.Exp(-x / Scale) / (1 + Math.Exp(-1 / Scale));
    }

    /// <summary>The least number that is drawn, or a greater one, with a probability of at most delta.</summary>
    /// <param name="delta">The probability, above 0 and below 1 / 2.</param>
    public long LeastOf(double delta)
    {
        var ratio = Math.Exp(-1 / Scale);
        return Math.Max(1, (long)Math.Ceiling(-Scale * Math.Log(delta * (1 + ratio))));
    }

    /// <summary>Draws a number, by algorithm 2 of Canonne, Kamath and Steinke (2020).</summary>
    public BigInteger Draw(KeyedBits bits)
    {
        while (true)
        {
            var rest = bits.Below(_numerator);
            if (!IsWithinExponential(rest, _numerator, bits))
            {
                continue;
            }

            BigInteger wholes = 0;
            while (IsWithinExponential(1, 1, bits))
            {
                wholes++;
            }

            var size = (rest + (wholes * _numerator)) / _denominator;
            var isNegative = bits.Below(2).IsOne;
            if (!isNegative || !size.IsZero)
            {
                return isNegative ? -size : size;
            }
        }
    }

    // True with probability e^-(n / d), 0 <= n <= d: algorithm 1 of the same paper.
    private static bool IsWithinExponential(BigInteger n, BigInteger d, KeyedBits bits)
    {
        var k = 1;
        while (bits.Below(d * k) < n)
        {
            k++;
        }

        return k % 2 == 1;
    }
}
