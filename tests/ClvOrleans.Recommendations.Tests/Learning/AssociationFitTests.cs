using ClvOrleans.Recommendations.Learning;
using ClvOrleans.Recommendations.Models;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Recommendations.Tests.Learning;

public sealed class AssociationFitTests
{
    // Steck, WWW 2019, equation 8: B = I - P diag(1 / diag P), P = (X'X + λI)⁻¹.
    [Fact]
    public void Ease_is_its_closed_form()
    {
        var customers = Bought(80, 12);
        var x = Matrix<double>.Build.Dense(80, 12, (c, p) => customers[c].Contains(p) ? 1 : 0);
        var inverse = ((x.Transpose() * x) + (5 * Matrix<double>.Build.DenseIdentity(12))).Inverse();
        var fit = EaseFit.Fit(customers, 12, 5, 12);
        for (var i = 0; i < 12; i++)
        {
            // Negative associations are not kept.
            var expected = Enumerable.Range(0, 12).Where(j => j != i && -inverse[i, j] / inverse[j, j] > 0).ToArray();
            Assert.Equal(expected, fit.ColumnsOf(i).ToArray());
            for (var e = 0; e < expected.Length; e++)
            {
                Assert.Equal(-inverse[i, expected[e]] / inverse[expected[e], expected[e]], fit.ValuesOf(i)[e], 1e-6);
            }
        }
    }

    [Fact]
    public void Item_neighbours_are_common_customers_by_powers_of_popularity()
    {
        int[][] customers = [[0, 1], [0, 1], [0, 2], [1], [2]];
        var fit = ItemNeighboursFit.Fit(customers, 4, .5, 5);
        Assert.Equal([1, 2], fit.ColumnsOf(0).ToArray());
        Assert.Equal(2 / 12.0 * 2 / 3, fit.ValuesOf(0)[0], 1e-6);
        Assert.Equal(1 / 11.0 / Math.Sqrt(6), fit.ValuesOf(0)[1], 1e-6);
        Assert.Empty(fit.ColumnsOf(3).ToArray());
    }

    [Fact]
    public void Only_the_strongest_associations_are_kept()
    {
        Assert.All([EaseFit.Fit(Bought(300, 40), 40, 1, 3), ItemNeighboursFit.Fit(Bought(300, 40), 40, .5, 3)], fit =>
            Assert.All(Enumerable.Range(0, 40), p => Assert.InRange(fit.ColumnsOf(p).Length, 0, 3)));
    }

    private static int[][] Bought(int customers, int products)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, customers).Select(_ => OfOne())];

        int[] OfOne() => [.. Enumerable.Range(0, 5).Select(_ => random.Next(products)).Distinct().Order()];
    }
}
