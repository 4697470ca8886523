using ClvOrleans.Statistics.Neural.Layers;

namespace ClvOrleans.Statistics.Tests.Neural;

public sealed class MatrixTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(4, 60, 64)]
    [InlineData(9, 17, 41)]
    [InlineData(130, 3, 19)]
    public void Adds_the_product_of_any_sizes(int rows, int inner, int columns)
    {
        var (a, b) = (Numbers.Uniform<double>(rows * inner, 1), Numbers.Uniform<double>(inner * columns, 2));
        var c = Numbers.Uniform<double>(rows * columns, 3);
        var expected = Naive(a, inner, 1, b, c, rows, inner, columns);
        Matrix.MultiplyAdd(a, inner, 1, b, c, rows, inner, columns);
        Assert.Equal(expected, c);
    }

    [Fact]
    public void Reads_transposed_and_overlapping_rows_in_place()
    {
        var (a, b) = (Numbers.Uniform<double>(40, 1), Numbers.Uniform<double>(8 * 11, 2));
        var transposed = new double[5 * 11];
        Matrix.MultiplyAdd(a, 1, 5, b, transposed, 5, 8, 11);
        Assert.Equal(Naive(a, 1, 5, b, new double[5 * 11], 5, 8, 11), transposed);
        var windows = new double[9 * 11];
        Matrix.MultiplyAdd(a, 2, 1, b, windows, 9, 8, 11);
        Assert.Equal(Naive(a, 2, 1, b, new double[9 * 11], 9, 8, 11), windows);
    }

    [Fact]
    public void A_row_has_the_same_bits_alone_and_among_others()
    {
        var (a, b, together) = (Numbers.Uniform<float>(7 * 60, 1), Numbers.Uniform<float>(60 * 67, 2), new float[7 * 67]);
        Matrix.MultiplyAdd(a, 60, 1, b, together, 7, 60, 67);
        for (var row = 0; row < 7; row++)
        {
            var alone = new float[67];
            Matrix.MultiplyAdd(a.AsSpan(row * 60, 60), 60, 1, b, alone, 1, 60, 67);
            Assert.Equal(together[(row * 67)..((row + 1) * 67)], alone);
        }
    }

    [Fact]
    public void Refuses_spans_that_are_too_short()
    {
        foreach (var (a, b, c) in new[] { (5, 6, 4), (6, 5, 4), (6, 6, 3) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                Matrix.MultiplyAdd<float>(new float[a], 3, 1, new float[b], new float[c], 2, 3, 2));
        }
    }

    /// <summary>The definition: one sum at a time, in the order of the inner index, each multiply-add rounded once.</summary>
    private static double[] Naive(double[] a, int rowStep, int innerStep, double[] b, double[] c, int rows, int inner, int columns)
    {
        var sums = c.ToArray();
        for (var m = 0; m < rows; m++)
        {
            for (var n = 0; n < columns; n++)
            {
                for (var k = 0; k < inner; k++)
                {
                    ref var sum = ref sums[(m * columns) + n];
                    sum = Math.FusedMultiplyAdd(a[(m * rowStep) + (k * innerStep)], b[(k * columns) + n], sum);
                }
            }
        }

        return sums;
    }
}
