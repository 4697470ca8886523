using ClvOrleans.Reports.Demand;
using ClvOrleans.Statistics.Demand;
using CsCheck;

namespace ClvOrleans.Reports.Tests.Demand;

public sealed class SumReconciliationTests
{
    [Fact]
    public void It_is_the_least_squares_of_one_sum_which_a_matrix_gives() => Gen.Select(
        Gen.Double[0, 500], Gen.Double[.1, 100],
        Gen.Select(Gen.Double[0, 50], Gen.Double[.1, 20]).Array[1, 12]).Sample((whole, variance, parts) =>
    {
        var hierarchy = new Hierarchy(parts.Length, [Enumerable.Range(0, parts.Length)]);
        var expected = Reconciliation.MinimumTrace(hierarchy, [variance, .. parts.Select(p => p.Item2)])
            .ReconcileNonNegative([whole, .. parts.Select(p => p.Item1)]);

        double[] reconciled = [.. parts.Select(p => p.Item1)];
        SumReconciliation.Reconcile(whole, variance, reconciled, [.. parts.Select(p => p.Item2)]);
        for (var i = 0; i < parts.Length; i++)
        {
            Assert.Equal(expected[i + 1], reconciled[i], 1e-6);
        }

        Assert.Equal(expected[0], reconciled.Sum(), 1e-6);
    });

    [Fact]
    public void Parts_of_a_whole_that_is_known_add_up_to_it_and_stay_in_proportion()
    {
        double[] parts = [1, 3];
        SumReconciliation.Reconcile(8, 0, parts, [1, 3]);
        Assert.Equal([2, 6], parts);
    }

    [Fact]
    public void A_whole_that_does_not_count_changes_nothing()
    {
        double[] parts = [1, 3];
        SumReconciliation.Reconcile(8, double.PositiveInfinity, parts, [1, 3]);
        Assert.Equal([1, 3], parts);
    }
}
