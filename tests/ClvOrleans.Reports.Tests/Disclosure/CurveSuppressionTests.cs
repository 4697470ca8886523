using ClvOrleans.Reports.Disclosure;

namespace ClvOrleans.Reports.Tests.Disclosure;

/// <summary>Curves of cohorts tell of months with enough customers and buyers only.</summary>
public sealed class CurveSuppressionTests
{
    [Fact]
    public void A_month_with_few_buyers_is_left_out_and_one_of_another_cohort_with_it() =>
        Assert.Equal(
            [("a", 1), ("b", 1)],
            Hidden(5, ("a", 0, 40, 40), ("a", 1, 40, 3), ("b", 0, 50, 50), ("b", 1, 50, 10), ("c", 0, 60, 60), ("c", 1, 60, 20)));

    [Fact]
    public void A_month_that_few_did_not_reach_is_left_out() =>
        Assert.Equal([("a", 1)], Hidden(5, ("a", 0, 40, 40), ("a", 1, 38, 20), ("a", 2, 30, 10)));

    [Fact]
    public void Where_any_number_may_be_told_no_month_is_left_out() => Assert.Empty(Hidden(0, ("a", 0, 1, 1)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_any_curves_nothing_is_told_of_few(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var cells = (from cohort in Enumerable.Range(0, random.Next(1, 8)).Select(i => $"c{i}").ToArray()
                         from cell in Curve(cohort, random)
                         select cell).ToArray();
            var hidden = Hidden(7, cells).ToHashSet();
            var told = cells.Where(c => !hidden.Contains((c.Cohort, c.Month))).ToArray();
            Assert.All(told, c => Assert.True(c.Customers >= 7 && c.Active is 0 or >= 7));
            foreach (var curve in told.GroupBy(c => c.Cohort))
            {
                Assert.All(curve.Zip(curve.Skip(1)), p => Assert.True(p.First.Customers - p.Second.Customers is 0 or >= 7));
            }

            foreach (var month in cells.GroupBy(c => c.Month))
            {
                var rest = month.Where(c => hidden.Contains((c.Cohort, c.Month))).ToArray();
                var left = (rest.Sum(c => c.Customers), rest.Sum(c => c.Active));
                Assert.True(rest.Length == month.Count() || left is (0 or >= 7, 0 or >= 7));
            }
        }
    }

    private static IEnumerable<(string Cohort, int Month, long Customers, long Active)> Curve(string cohort, Random random)
    {
        var customers = random.Next(1, 120);
        for (var month = 0; month < 10 && customers > 0; month++)
        {
            yield return (cohort, month, customers, month == 0 ? customers : random.Next(0, customers + 1));
            customers -= random.Next(2) == 0 ? 0 : random.Next(0, Math.Min(customers, 20) + 1);
        }
    }

    private static (string, int)[] Hidden(int smallest, params (string Cohort, int Month, long Customers, long Active)[] cells) =>
        [.. CurveSuppression.Of(cells.ToDictionary(c => (c.Cohort, c.Month), c => (c.Customers, c.Active)), smallest).Order()];
}
