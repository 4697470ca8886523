using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Statistics.Spend;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation.Metrics;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>
/// Our measures and our tracking against published figures on the CDNOW 1/10 sample: all 2,357 customers, the first 39 weeks against the
/// second 39, published parameters.
/// </summary>
public sealed class CdnowBaselineTests
{
    private readonly StoreHistory _whole = Shop.CdnowSample();
    private readonly StoreHistory _past;
    private readonly PurchaseHistory[] _histories;
    private readonly double[] _orders;
    private readonly double[] _spend;
    private readonly double[] _perOrder;

    public CdnowBaselineTests()
    {
        _past = _whole.Until(new DateOnly(1997, 9, 30));
        _histories = [.. _past.Customers.Select(c => c.Summary.HistoryAt(_past.End)!.Value)];
        _perOrder = [
            .. _past.Customers.Select(c => c.Summary.RepeatSpendAt(_past.End)).Select(s => PerOrder.ExpectedSpend(s.Count, s.Mean / 100))
        ];
        var later = _whole.Customers.ToDictionary(c => c.Id);
        var holdout = _past.Customers.Select(c => later[c.Id].Summary.PurchaseDays.Where(d => d.Day > _past.End).ToList()).ToList();
        _orders = [.. holdout.Select(days => (double)days.Count)];
        _spend = [.. holdout.Select(days => days.Sum(d => (long)d.Gross.Minor) / 100.0)];
    }

    // CLVTools, test_correctness_bgnbd and _pnbd; lifetimes, test_estimation (MBG); CLVTools, test_correctness_gg.
    private static readonly BetaGeometricNbd BgNbd = new(.2425945, 4.4136019, .7929199, 2.4258881);
    private static readonly BetaGeometricNbd MbgNbd = new(.525, 6.183, .891, 1.614, 1, true);
    private static readonly ParetoNbd Pareto = new(.55315, 10.57633, .60625, 11.67150);
    private static readonly GammaGamma PerOrder = new(6.25, 3.74, 15.44);

    public static TheoryData<ILifetimeModel, double[], double[]> Table { get; } = new()
    {
        { Pareto, [1665.5, -.115, .7545, 1.6028, .4597], [-.148, 29.46, 72.18, .4451, .6594] },
        { BgNbd, [1653.4, -.122, .7855, 1.6080, .4493], [-.155, 30.41, 72.30, .4263, .6381] },
        { MbgNbd, [1577.1, -.162, .7648, 1.6072, .4500], [-.195, 29.72, 71.95, .4295, .6380] },
    };

    /// <summary>Section b8 of the reference on models: computed independently in Python from the same closed forms.</summary>
    [Theory]
    [MemberData(nameof(Table), DisableDiscoveryEnumeration = true)]
    public void Counts_and_spend_have_the_measures_that_an_independent_computation_found(
        ILifetimeModel model, double[] count, double[] spend)
    {
        var orders = _histories.Select(h => model.ExpectedPurchases(h, 39)).ToArray();
        var value = orders.Zip(_perOrder, (expected, perOrder) => expected * perOrder).ToArray();

        Assert.Equal(1_882, _orders.Sum());
        Assert.Equal(count[0], orders.Sum(), .5);
        Assert.Equal(count[1], LevelMetrics.Bias(orders, _orders)!.Value, 6e-4); // BG/NBD: 1653.4 / 1882 - 1 is -.1215, printed as -12.2 %
        Assert.Equal(count[2], LevelMetrics.MeanAbsoluteError(orders, _orders), 1e-4);
        Assert.Equal(count[3], LevelMetrics.RootMeanSquaredError(orders, _orders), 1e-4);
        Assert.Equal(count[4], Ranking.Spearman(orders, _orders)!.Value, 1e-4);
        Assert.Equal(spend[0], LevelMetrics.Bias(value, _spend)!.Value, 1e-3);
        Assert.Equal(spend[1], LevelMetrics.MeanAbsoluteError(value, _spend), 1e-2);
        Assert.Equal(spend[2], LevelMetrics.RootMeanSquaredError(value, _spend), 2e-2);
        Assert.Equal(spend[3], Ranking.Spearman(value, _spend)!.Value, 2e-4);
        Assert.Equal(spend[4], Ranking.NormalisedGini(value, _spend)!.Value, 1e-3);
    }

    [Fact]
    public void Naive_and_zero_forecasts_have_theirs()
    {
        var last = _histories.Select(h => h.Repeats).ToArray();
        var spent = last.Zip(_perOrder, (x, perOrder) => x * perOrder).ToArray();

        Assert.Equal(2_457, last.Sum());
        Assert.Equal(.8973, LevelMetrics.MeanAbsoluteError(last, _orders), 5e-5);
        Assert.Equal(1.9710, LevelMetrics.RootMeanSquaredError(last, _orders), 5e-5);
        Assert.Equal(.4878, Ranking.Spearman(last, _orders)!.Value, 5e-5);
        Assert.Equal(.343, LevelMetrics.Bias(spent, _spend)!.Value, 5e-4);
        Assert.Equal(38.16, LevelMetrics.MeanAbsoluteError(spent, _spend), 5e-3);
        Assert.Equal(154.88, LevelMetrics.RootMeanSquaredError(spent, _spend), 5e-3);
        Assert.Equal(.4812, Ranking.Spearman(spent, _spend)!.Value, 5e-5);
        Assert.Equal(.7985, LevelMetrics.MeanAbsoluteError(new double[2_357], _orders), 5e-5);
        Assert.Equal(2.2064, LevelMetrics.RootMeanSquaredError(new double[2_357], _orders), 5e-5);
    }

    /// <summary>BTYD walkthrough: purchases of weeks 40 to 78 by the number of repeat purchases before.</summary>
    [Fact]
    public void Expectations_by_frequency_are_the_published_ones()
    {
        var groups = _histories.Select(h => Groups.ByFrequency(h.Repeats)).ToList();
        Equal([.237, .697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359], Groups.Means(groups, _orders, 8), 6e-4);
        Equal([.138, .600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403], Groups.Means(
            groups, [.. _histories.Select(h => Pareto.ExpectedPurchases(h, 39))], 8), 2e-3);
        Equal(
            [.2250893, .5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036],
            Groups.Means(groups, [.. _histories.Select(h => BgNbd.ExpectedPurchases(h, 39))], 8),
            1e-3);
        Assert.Equal([1_411, 439, 214, 100, 62, 38, 29, 64], groups.CountBy(g => g).OrderBy(g => g.Key).Select(g => g.Value));
    }

    /// <summary>
    /// lifetimes, test_utils, and the BTYD walkthrough: repeat purchases up to weeks 20 to 25, and up to 11 to 14 January.
    /// </summary>
    [Fact]
    public void Weekly_tracking_is_the_published_one()
    {
        const int Days = 546;
        var first = new DateOnly(1997, 1, 1);
        var joined = new int[Days];
        var daily = new double[Days];
        foreach (var days in _whole.Customers.Select(c => c.Summary.PurchaseDays))
        {
            joined[days[0].Day.DayNumber - first.DayNumber]++;
            foreach (var day in days.Skip(1))
            {
                daily[day.Day.DayNumber - first.DayNumber]++;
            }
        }

        var weekly = TrackingPlot.Weekly(daily);
        Equal([1359, 1414, 1484, 1517, 1573, 1672], TrackingPlot.Cumulative(weekly)[19..25], 0);
        var pareto = TrackingPlot.Weekly(Expected(Pareto));
        Equal([1309, 1385, 1460, 1533, 1604, 1674], TrackingPlot.Cumulative(pareto)[19..25], 1);
        Equal([78.31, 76.42, 74.65, 72.98, 71.41, 69.93], pareto[19..25], .05);
        Equal(
            [1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.6],
            TrackingPlot.Cumulative(TrackingPlot.Weekly(Expected(BgNbd)))[19..25], .05);
        Equal([11, 12, 15, 19], TrackingPlot.Cumulative(daily)[10..14], 0);
        Equal([10.67, 12.67, 14.87, 17.24], TrackingPlot.Cumulative(Expected(BgNbd))[10..14], .05);

        IReadOnlyList<double> Expected(ILifetimeModel model) => TrackingPlot.Expected(
            joined, [.. Enumerable.Range(0, Days + 1).Select(d => model.ExpectedPurchasesOfNewCustomer(d / 7.0))], Days);
    }

    private static void Equal(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, tolerance));
    }
}
