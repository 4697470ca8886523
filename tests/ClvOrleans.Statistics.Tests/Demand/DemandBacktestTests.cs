using ClvOrleans.Statistics.Demand;

namespace ClvOrleans.Statistics.Tests.Demand;

public sealed class DemandBacktestTests
{
    [Fact]
    public void The_error_is_that_of_all_units_and_coverage_counts_both_ends()
    {
        Assert.Equal(.3, DemandMetrics.WeightedAbsolutePercentageError([0, 10, 10], [1, 8, 13]), 1e-15);
        Assert.Equal(0, DemandMetrics.WeightedAbsolutePercentageError([0], [0]));
        Assert.Equal(double.PositiveInfinity, DemandMetrics.WeightedAbsolutePercentageError([0], [1]));
        Assert.Equal(.5, DemandMetrics.Coverage([1, 2, 3, 4], [1, 3, 3, 0], [1, 4, 3, 3]));
        Assert.Throws<ArgumentException>(() => DemandMetrics.Coverage([1, 2], [1], [1, 2]));
    }

    [Fact]
    public void Origins_leave_room_for_their_horizon()
    {
        Assert.Equal([4, 6, 8], new DemandOrigins(4, 2, 2).Of(10));
        Assert.Empty(new DemandOrigins(4, 1, 2).Of(5));
    }

    [Fact]
    public void A_forecast_sees_nothing_after_its_origin_and_every_error_counts()
    {
        // The naive forecast of 0, 1, 2, ... is one step behind at distance 1 and two at distance 2.
        double[][] series = [[.. Enumerable.Range(0, 9).Select(t => (double)t)], [.. Enumerable.Range(0, 9).Select(t => (double)t)]];
        var score = DemandBacktest.Run(series, [new SeasonalNaiveMethod(1)], new DemandOrigins(5, 2, 2)).Single();
        Assert.Equal((2, "seasonal-naive"), (score.Origins, score.Method));
        Assert.Equal((1 + 2 + 1 + 2) / (5.0 + 6 + 7 + 8), score.Series, 1e-15);
        Assert.Equal(score.Series, score.Total, 1e-15);
    }

    [Fact]
    public void Errors_of_parts_cancel_out_in_the_total()
    {
        double[][] series = [[4, 4, 6, 6], [4, 4, 2, 2]];
        var score = DemandBacktest.Run(series, [new SeasonalNaiveMethod(1)], new DemandOrigins(2, 1, 1)).Single();
        Assert.Equal((2 + 2) / 16.0, score.Series, 1e-15);
        Assert.Equal(0, score.Total);
        Assert.Equal(double.NaN, score.Coverage);
    }

    [Fact]
    public void Eighty_percent_intervals_hold_eighty_percent_of_demand_that_does_not_change()
    {
        var random = new Random(11);
        double[][] series = [.. Enumerable.Range(0, 60).Select(_ => OfOne())];
        IDemandMethod[] methods = [new SbaMethod(), new TsbMethod(), new ImapaMethod()];
        foreach (var score in DemandBacktest.Run(series, methods, new DemandOrigins(60, 4, 4)))
        {
            Assert.InRange(score.Coverage, .77, .86);
            Assert.InRange(score.Series, .3, .36);
        }

        double[] OfOne() => [.. Enumerable.Range(0, 120).Select(_ => (double)Poisson(random, 6))];
    }

    [Fact]
    public void Series_that_are_too_short_or_unequal_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DemandBacktest.Run([[1, 2]], [new TsbMethod()], new DemandOrigins(2, 1, 1)));
        Assert.Throws<ArgumentException>(() => DemandBacktest.Run([[1, 2, 3], [1, 2]], [new TsbMethod()], new DemandOrigins(1, 1, 1)));
        Assert.Throws<ArgumentException>(() => DemandBacktest.Run([], [new TsbMethod()], new DemandOrigins(1, 1, 1)));
    }

    private static int Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), 1.0, -1);
        do
        {
            product *= random.NextDouble();
            count++;
        }
        while (product > limit);
        return count;
    }
}
