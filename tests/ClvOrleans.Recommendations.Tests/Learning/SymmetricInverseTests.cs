using ClvOrleans.Recommendations.Learning;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Recommendations.Tests.Learning;

public sealed class SymmetricInverseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(300)]
    public void An_inverse_is_that_of_a_general_library(int size)
    {
        var matrix = Random(size);
        var (own, general) = (SymmetricInverse.Of(Lower(matrix)), matrix.Inverse());
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                Assert.Equal(general[i, j], own[i, j], 1e-12);
            }
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused() =>
        Assert.Throws<ArgumentException>(() => SymmetricInverse.Of([[1], [2, 1]]));

    private static Matrix<double> Random(int size)
    {
        var random = new Random(7);
        var part = Matrix<double>.Build.Dense(size, size, (_, _) => random.NextDouble() - .5);
        return (part * part.Transpose()) + Matrix<double>.Build.DenseIdentity(size);
    }

    private static double[][] Lower(Matrix<double> matrix) =>
        [.. Enumerable.Range(0, matrix.RowCount).Select(i => Enumerable.Range(0, i + 1).Select(j => matrix[i, j]).ToArray())];
}
