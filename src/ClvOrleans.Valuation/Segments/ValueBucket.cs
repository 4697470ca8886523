using ClvOrleans.Domain.Currencies;

namespace ClvOrleans.Valuation.Segments;

/// <summary>
/// Buckets of value for a quantile sketch that merges exactly: 32 to each power of two, so at most 3.2 % wide, by integer
/// arithmetic alone, so equal on every machine.
/// </summary>
public static class ValueBucket
{
    private const int Precision = 5;

    /// <summary>The bucket of an amount: 0 for nothing or less, then growing with the amount.</summary>
    public static int Of(Money value)
    {
        if (value <= Money.Zero)
        {
            return 0;
        }

        var exponent = (int)Int128.Log2(value.Minor);
        return exponent <= Precision
            ? (int)value.Minor
            : ((exponent - Precision) << Precision) + (int)(value.Minor >> (exponent - Precision));
    }

    /// <summary>The smallest amount of a bucket.</summary>
    public static Money LowerBound(int bucket)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bucket);
        if (bucket < 2 << Precision)
        {
            return new Money(bucket);
        }

        var shift = (bucket >> Precision) - 1;
        return new Money((Int128)(bucket - (shift << Precision)) << shift);
    }
}
