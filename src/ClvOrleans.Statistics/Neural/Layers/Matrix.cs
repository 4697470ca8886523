using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClvOrleans.Statistics.Neural.Layers;

/// <summary>
/// The one matrix product that all layers share. Every element is summed by fused multiply-adds in the order of the inner
/// index, whatever the number of rows and the width of the vectors: a customer alone gets the same bits as in a batch.
/// (TensorPrimitives.Dot and Sum order their terms by the alignment of memory, so two runs may differ.)
/// </summary>
internal static class Matrix
{
    /// <summary>
    /// C[m, n] += Σ_k A[m, k] B[k, n]. C is <paramref name="rows"/> × <paramref name="columns"/> and B is <paramref name="inner"/> ×
    /// <paramref name="columns"/>, both row-major; A[m, k] lies at m <paramref name="rowStep"/> + k <paramref name="innerStep"/>, so that
    /// transposed and overlapping rows need no copy.
    /// </summary>
    public static void MultiplyAdd<T>(
        ReadOnlySpan<T> a, int rowStep, int innerStep, ReadOnlySpan<T> b, Span<T> c, int rows, int inner, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0 || inner == 0 || columns == 0)
        {
            return;
        }

        // Checked once here, so that the loops need not.
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, ((rows - 1) * rowStep) + ((inner - 1) * innerStep) + 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, inner * columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(c.Length, rows * columns);
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var by = ref MemoryMarshal.GetReference(b);
        ref var to = ref MemoryMarshal.GetReference(c);
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            ref var start = ref Unsafe.Add(ref from, row * rowStep);
            FourRows(ref start, rowStep, innerStep, ref by, ref Unsafe.Add(ref to, row * columns), inner, columns);
        }

        for (; row < rows; row++)
        {
            ref var start = ref Unsafe.Add(ref from, row * rowStep);
            OneRow(ref start, innerStep, ref by, ref Unsafe.Add(ref to, row * columns), inner, columns, 0);
        }
    }

    /// <summary>Writes the transpose of <paramref name="a"/>, rows × columns, to <paramref name="to"/>, columns × rows.</summary>
    public static void Transpose<T>(ReadOnlySpan<T> a, Span<T> to, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                to[(column * rows) + row] = a[(row * columns) + column];
            }
        }
    }

    /// <summary>Eight sums at once hide the latency of the multiply-add.</summary>
    private static void FourRows<T>(ref T a, nint rowStep, nint innerStep, ref T b, ref T c, int inner, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = Vector<T>.Count;
        var column = 0;
        for (; column + (2 * width) <= columns; column += 2 * width)
        {
            ref var c0 = ref Unsafe.Add(ref c, column);
            ref var c1 = ref Unsafe.Add(ref c0, columns);
            ref var c2 = ref Unsafe.Add(ref c1, columns);
            ref var c3 = ref Unsafe.Add(ref c2, columns);
            var (s00, s01) = (Vector.LoadUnsafe(ref c0), Vector.LoadUnsafe(ref c0, (nuint)width));
            var (s10, s11) = (Vector.LoadUnsafe(ref c1), Vector.LoadUnsafe(ref c1, (nuint)width));
            var (s20, s21) = (Vector.LoadUnsafe(ref c2), Vector.LoadUnsafe(ref c2, (nuint)width));
            var (s30, s31) = (Vector.LoadUnsafe(ref c3), Vector.LoadUnsafe(ref c3, (nuint)width));
            ref var x = ref a;
            ref var w = ref Unsafe.Add(ref b, column);
            for (var k = 0; k < inner; k++)
            {
                var w0 = Vector.LoadUnsafe(ref w);
                var w1 = Vector.LoadUnsafe(ref w, (nuint)width);
                var x0 = Vector.Create(x);
                s00 = MultiplyAdd(x0, w0, s00);
                s01 = MultiplyAdd(x0, w1, s01);
                var x1 = Vector.Create(Unsafe.Add(ref x, rowStep));
                s10 = MultiplyAdd(x1, w0, s10);
                s11 = MultiplyAdd(x1, w1, s11);
                var x2 = Vector.Create(Unsafe.Add(ref x, 2 * rowStep));
                s20 = MultiplyAdd(x2, w0, s20);
                s21 = MultiplyAdd(x2, w1, s21);
                var x3 = Vector.Create(Unsafe.Add(ref x, 3 * rowStep));
                s30 = MultiplyAdd(x3, w0, s30);
                s31 = MultiplyAdd(x3, w1, s31);
                x = ref Unsafe.Add(ref x, innerStep);
                w = ref Unsafe.Add(ref w, columns);
            }

            Store(ref c0, s00, s01);
            Store(ref c1, s10, s11);
            Store(ref c2, s20, s21);
            Store(ref c3, s30, s31);
        }

        for (var row = 0; row < 4 && column < columns; row++)
        {
            OneRow(ref Unsafe.Add(ref a, row * rowStep), innerStep, ref b, ref Unsafe.Add(ref c, row * columns), inner, columns, column);
        }
    }

    private static void OneRow<T>(ref T a, nint innerStep, ref T b, ref T c, int inner, int columns, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = Vector<T>.Count;
        for (; column + (4 * width) <= columns; column += 4 * width)
        {
            ref var to = ref Unsafe.Add(ref c, column);
            ref var to2 = ref Unsafe.Add(ref to, 2 * width);
            var (s0, s1) = (Vector.LoadUnsafe(ref to), Vector.LoadUnsafe(ref to, (nuint)width));
            var (s2, s3) = (Vector.LoadUnsafe(ref to2), Vector.LoadUnsafe(ref to2, (nuint)width));
            ref var x = ref a;
            ref var w = ref Unsafe.Add(ref b, column);
            for (var k = 0; k < inner; k++)
            {
                var x0 = Vector.Create(x);
                s0 = MultiplyAdd(x0, Vector.LoadUnsafe(ref w), s0);
                s1 = MultiplyAdd(x0, Vector.LoadUnsafe(ref w, (nuint)width), s1);
                s2 = MultiplyAdd(x0, Vector.LoadUnsafe(ref w, (nuint)(2 * width)), s2);
                s3 = MultiplyAdd(x0, Vector.LoadUnsafe(ref w, (nuint)(3 * width)), s3);
                x = ref Unsafe.Add(ref x, innerStep);
                w = ref Unsafe.Add(ref w, columns);
            }

            Store(ref to, s0, s1);
            Store(ref to2, s2, s3);
        }

        for (; column + width <= columns; column += width)
        {
            ref var to = ref Unsafe.Add(ref c, column);
            var sum = Vector.LoadUnsafe(ref to);
            ref var x = ref a;
            ref var w = ref Unsafe.Add(ref b, column);
            for (var k = 0; k < inner; k++)
            {
                sum = MultiplyAdd(Vector.Create(x), Vector.LoadUnsafe(ref w), sum);
                x = ref Unsafe.Add(ref x, innerStep);
                w = ref Unsafe.Add(ref w, columns);
            }

            sum.StoreUnsafe(ref to);
        }

        for (; column < columns; column++)
        {
            ref var to = ref Unsafe.Add(ref c, column);
            var sum = to;
            ref var x = ref a;
            ref var w = ref Unsafe.Add(ref b, column);
            for (var k = 0; k < inner; k++)
            {
                sum = T.FusedMultiplyAdd(x, w, sum);
                x = ref Unsafe.Add(ref x, innerStep);
                w = ref Unsafe.Add(ref w, columns);
            }

            to = sum;
        }
    }

    private static void Store<T>(ref T to, Vector<T> first, Vector<T> second)
        where T : unmanaged
    {
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref to, (nuint)Vector<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> MultiplyAdd<T>(Vector<T> x, Vector<T> y, Vector<T> z) => typeof(T) == typeof(float)
        ? Vector.FusedMultiplyAdd(x.As<T, float>(), y.As<T, float>(), z.As<T, float>()).As<float, T>()
        : Vector.FusedMultiplyAdd(x.As<T, double>(), y.As<T, double>(), z.As<T, double>()).As<double, T>();
}
