using System.Runtime.Intrinsics;

namespace ClvOrleans.Statistics.Numerics;

/// <summary>
/// Four doubles at a time. The width is fixed rather than the machine's, so that sums are taken in the same order everywhere.
/// </summary>
internal static class Lanes
{
    /// <summary>Values at a time.</summary>
    public const int Width = 4;

    /// <summary>The values from an index on; past the end, <paramref name="fill"/>.</summary>
    public static Vector256<double> Load(ReadOnlySpan<double> values, int index, double fill)
    {
        if (index + Width <= values.Length)
        {
            return Vector256.Create(values.Slice(index, Width));
        }

        Span<double> rest = [fill, fill, fill, fill];
        values[index..].CopyTo(rest);
        return Vector256.Create<double>(rest);
    }

    /// <summary>ln(1 + e^v) without overflow.</summary>
    public static Vector256<double> Softplus(Vector256<double> v) =>
        Vector256.Max(v, Vector256<double>.Zero) + Vector256.Log(Vector256<double>.One + Vector256.Exp(-Vector256.Abs(v)));

    /// <summary>1 / (1 + e^-v) without overflow.</summary>
    public static Vector256<double> Logistic(Vector256<double> v)
    {
        var e = Vector256.Exp(-Vector256.Abs(v));
        var small = e / (Vector256<double>.One + e);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(v, Vector256<double>.Zero), Vector256<double>.One - small, small);
    }
}
