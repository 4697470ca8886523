using System.Numerics.Tensors;

namespace ClvOrleans.Recommendations.Learning;

/// <summary>
/// The inverse of a symmetric positive definite matrix by Cholesky's factors, row by row over contiguous memory: the same to the bit on
/// any number of threads, in the place of the matrix.
/// </summary>
internal sealed class SymmetricInverse
{
    // Row j holds column j of the inverse of the factor, from the diagonal on.
    private readonly double[][] _columns;

    private SymmetricInverse(double[][] columns) => _columns = columns;

    /// <summary>Inverts a matrix given by its lower triangle: row i has i + 1 entries. They are overwritten.</summary>
    public static SymmetricInverse Of(double[][] lower)
    {
        for (var i = 0; i < lower.Length; i++)
        {
            var row = lower[i];
            for (var j = 0; j < i; j++)
            {
                row[j] = (row[j] - TensorPrimitives.Dot<double>(row.AsSpan(0, j), lower[j].AsSpan(0, j))) / lower[j][j];
            }

            var diagonal = row[i] - TensorPrimitives.SumOfSquares<double>(row.AsSpan(0, i));
            row[i] = diagonal > 0
                ? Math.Sqrt(diagonal)
                : throw new ArgumentException("The matrix is not positive definite.", nameof(lower));
        }

        var columns = new double[lower.Length][];
        Parallel.For(0, lower.Length, j =>
        {
            var column = new double[lower.Length - j];
            column[0] = 1 / lower[j][j];
            for (var i = 1; i < column.Length; i++)
            {
                var row = lower[j + i];
                column[i] = -TensorPrimitives.Dot<double>(row.AsSpan(j, i), column.AsSpan(0, i)) / row[j + i];
            }

            columns[j] = column;
        });
        return new(columns);
    }

    /// <summary>An entry of the inverse.</summary>
    public double this[int i, int j]
    {
        get
        {
            var last = Math.Max(i, j);
            return TensorPrimitives.Dot<double>(_columns[i].AsSpan(last - i), _columns[j].AsSpan(last - j));
        }
    }
}
