using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Tests.Lifetime;

/// <summary>What the papers print of the CDNOW holdout and of its tracking, with their parameters.</summary>
public sealed class ForecastsOfCdnowTests
{
    private static readonly ParetoNbd Pareto = new(.55315, 10.57633, .60625, 11.67150);
    private static readonly BetaGeometricNbd Bg = new(.2425945, 4.4136019, .7929199, 2.4258881);

    // BTYD, walkthrough: customers by repeat purchases 0 to 6 and 7 or more.
    private static readonly int[] Sizes = [1411, 439, 214, 100, 62, 38, 29, 64];

    [Fact]
    public void Holdout_by_frequency_is_the_published_one()
    {
        var actual = Cdnow.Customers.Select(c => (double)c.Count(d => d.Day > Cdnow.End.DayNumber)).ToArray();
        Same([.237, .697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359], ByFrequency(actual), 1e-3);
        Assert.Equal(Sizes, Enumerable.Range(0, 8).Select(b => Cdnow.Histories.Count(h => Math.Min(h.Repeats, 7) == b)));
    }

    [Fact]
    public void Expected_holdout_by_frequency_is_the_published_one()
    {
        Same([.138, .600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403], ByFrequency(Expected(Pareto)), .002);
        Same([.2250893, .5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036], ByFrequency(Expected(Bg)), 1e-3);
    }

    [Fact]
    public void Expected_cumulative_purchases_by_week_are_the_published_ones()
    {
        // lifetimes tests/test_utils.py and the BTYD walkthrough, weeks 20 to 25.
        var weeks = Enumerable.Range(20, 6).ToArray();
        Same([1309, 1385, 1460, 1533, 1604, 1674], [.. weeks.Select(w => Tracked(Pareto, 7 * w))], 1);
        Same([1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.6], [.. weeks.Select(w => Tracked(Bg, 7 * w))], 1);
        Same(
            [78.31, 76.42, 74.65, 72.98, 71.41, 69.93], [.. weeks.Select(w => Tracked(Pareto, 7 * w) - Tracked(Pareto, 7 * (w - 1)))], .05);
    }

    [Fact]
    public void Cumulative_purchases_by_day_are_the_published_ones() // lifetimes tests/test_utils.py, 1997-01-11 to 14, to the end of the day
    {
        Same([10.67, 12.67, 14.87, 17.24], [.. Enumerable.Range(11, 4).Select(d => Tracked(Bg, d))], .05);
        Assert.Equal([11, 12, 15, 19], Enumerable.Range(11, 4).Select(Bought));
    }

    [Fact]
    public void Cumulative_purchases_by_week_are_the_published_ones() // lifetimes tests/test_utils.py, weeks 20 to 25
        => Assert.Equal([1359, 1414, 1484, 1517, 1573, 1672], Enumerable.Range(20, 6).Select(w => Bought(7 * w)));

    private static double[] Expected(ILifetimeModel model) => [.. Cdnow.Histories.Select(h => model.ExpectedPurchases(h, 39))];

    private static double[] ByFrequency(double[] values)
    {
        var histories = Cdnow.Histories;
        return [.. Enumerable.Range(0, 8).Select(bin => values.Where((_, i) => Math.Min(histories[i].Repeats, 7) == bin).Average())];
    }

    private static int Bought(int days) => Cdnow.Customers.Sum(c => c.Skip(1).Count(d => d.Day - Cdnow.Start.DayNumber < days));

    // Expected repeat purchases of all customers by a day counted from 1997-01-01, each from the day of its first purchase.
    private static double Tracked(ILifetimeModel model, int days) => Cdnow.Customers
        .GroupBy(c => c[0].Day - Cdnow.Start.DayNumber)
        .Where(g => g.Key < days)
        .Sum(g => g.Count() * model.ExpectedPurchasesOfNewCustomer((days - g.Key) / 7.0));

    private static void Same(double[] expected, double[] actual, double tolerance) =>
        Assert.All(expected, (value, i) => Assert.Equal(value, actual[i], tolerance));
}
