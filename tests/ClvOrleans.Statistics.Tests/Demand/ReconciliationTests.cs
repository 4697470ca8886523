using ClvOrleans.Statistics.Demand;
using MathNet.Numerics.LinearAlgebra;

namespace ClvOrleans.Statistics.Tests.Demand;

/// <summary>A total of A (a1, a2) and B (b1, b2), the example of hierarchical forecasting (Hyndman and Athanasopoulos).</summary>
public sealed class ReconciliationTests
{
    private static readonly Hierarchy Tree = new(4, [[0, 1, 2, 3], [0, 1], [2, 3]]);
    private static readonly double[] Base = [100, 55, 40, 30, 20, 22, 15];

    [Fact]
    public void Ordinary_least_squares_give_the_published_forecasts() => Same(
        [96.714286, 55.523810, 41.190476, 32.761905, 22.761905, 24.095238, 17.095238], Reconciliation.Ols(Tree).Reconcile(Base));

    [Fact]
    public void Structural_scaling_gives_the_published_forecasts() =>
        Same([94, 54, 40, 32, 22, 23.5, 16.5], Reconciliation.Structural(Tree).Reconcile(Base));

    [Fact]
    public void Minimum_trace_with_a_diagonal_gives_the_published_forecasts() => Same(
        [92.046350, 53.383546, 38.662804, 32.706837, 20.676709, 22.831402, 15.831402],
        Reconciliation.MinimumTrace(Tree, [16, 9, 4, 4, 1, 1, 1]).Reconcile(Base));

    [Fact]
    public void Forecasts_that_add_up_stay_as_they_are()
    {
        var all = Tree.Add([1, 2, 3, 4]);
        Assert.Equal([10, 3, 7, 1, 2, 3, 4], all);
        var found = Reconciliation.MinimumTrace(Tree, [16, 9, 4, 4, 1, 1, 1]).Reconcile(all);
        Assert.All(found.Zip(all), p => Assert.Equal(p.Second, p.First, 1e-10));
    }

    [Fact]
    public void Without_negative_forecasts_the_condition_changes_nothing() =>
        Assert.Equal(Reconciliation.Ols(Tree).Reconcile(Base), Reconciliation.Ols(Tree).ReconcileNonNegative(Base));

    // Karush, Kuhn and Tucker: no slope at what is above zero, none downhill at what is zero.
    [Fact]
    public void Non_negative_forecasts_are_the_nearest_of_those_that_add_up()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 200; trial++)
        {
            var parts = random.Next(2, 30);
            int[] all = [.. Enumerable.Range(0, parts)];
            var tree = new Hierarchy(parts, [all, all[..(parts / 2)], all[(parts / 2)..]]);
            double[] variances = [.. Enumerable.Range(0, tree.Count).Select(_ => .1 + random.NextDouble())];
            double[] forecasts =
                [.. Enumerable.Range(0, tree.Count).Select(s => s < 3 ? 20 * random.NextDouble() : (random.NextDouble() * 4) - 1)];
            var found = Reconciliation.MinimumTrace(tree, variances).ReconcileNonNegative(forecasts);

            var columns = Matrix<double>.Build.DenseOfColumns(all.Select(p => tree.Add([.. all.Select(i => i == p ? 1.0 : 0)])));
            var weights = Matrix<double>.Build.DenseOfDiagonalArray([.. variances.Select(v => 1 / v)]);
            var slope = columns.Transpose() * weights * (Vector<double>.Build.Dense(found) - Vector<double>.Build.Dense(forecasts));
            Assert.All(found, f => Assert.True(f >= 0));
            Assert.Equal(found, tree.Add(found.AsSpan(3)));
            Assert.All(all, p => Assert.InRange(slope[p], -1e-7, found[3 + p] > 0 ? 1e-7 : double.MaxValue));
        }
    }

    [Fact]
    public void Numbers_that_do_not_fit_the_hierarchy_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Hierarchy(2, [[0, 2]]));
        Assert.Throws<ArgumentException>(() => new Hierarchy(2, [[0, 0]]));
        Assert.Throws<ArgumentException>(() => new Hierarchy(2, [[]]));
        Assert.Throws<ArgumentException>(() => Reconciliation.MinimumTrace(Tree, [1, 2]));
        Assert.Throws<ArgumentException>(() => Reconciliation.MinimumTrace(Tree, [0, 1, 1, 1, 1, 1, 1]));
        Assert.Throws<ArgumentException>(() => Reconciliation.Ols(Tree).Reconcile([1, 2]));
    }

    private static void Same(double[] expected, double[] found) =>
        Assert.All(expected.Zip(found, (e, f) => (e, f)), p => Assert.Equal(p.e, p.f, 5e-7));
}
