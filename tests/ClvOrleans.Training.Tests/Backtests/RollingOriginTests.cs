using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Backtests.Origins;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

public sealed class RollingOriginTests
{
    // Each customer pays 10.00 in the middle of each month of two years.
    private static readonly Shop Monthly = Made();

    [Fact]
    public void Origins_are_a_step_apart_and_the_last_day_of_a_month_stays_the_last()
    {
        var rules = new OriginRules { Origins = 3, StepMonths = 1, Horizons = [1] };

        Assert.Equal([Day(2024, 2, 29), Day(2024, 3, 31), Day(2024, 4, 30)], rules.Before(Day(2024, 4, 30)));
        Assert.Equal(Day(2024, 11, 30), rules.LatestOf(Day(2024, 12, 31)));
        Assert.Equal([Day(2024, 3, 15), Day(2024, 4, 15), Day(2024, 5, 15)], rules.Before(Day(2024, 5, 15)));
    }

    [Fact]
    public void Totals_and_intervals_are_judged_over_all_origins()
    {
        // Half of what comes is forecast, and an interval that holds it but for every fourth customer, who is above.
        var model = new Fixed(c => new Forecast(500, 1)
        {
            Buys = 1,
            Alive = 1,
            Intervals = [new(0, 0), new(0, c.Id.Id.EndsWith('3') ? 900 : 1_100), new(0, 0)],
            Quantiles = new ValueQuantiles([1_000]),
        });
        var row = Assert.Single(Run(model, [1]).Rows);

        Assert.Equal(6, row.Totals.Length);
        Assert.All(row.Totals, t => Assert.Equal((20.0, 40.0, Math.Log(2)), (t.Predicted, t.Actual, t.LogRatio)));
        Assert.Equal((Math.Log(2), 2.0), (row.LevelError!.Value, row.WorstFactor!.Value));
        Assert.Equal((24, .75, .0, .25), (row.Customers!.Customers, row.Customers.Held, row.Customers.Below, row.Customers.Above));
        Assert.Equal(1, row.Customers.Bought);
        Assert.Equal(((3 * 11) + 9 + 10) / 4.0, row.Customers.IntervalScore, 1e-9); // 1.00 above costs 10
        Assert.Equal(0, row.RankedProbability);
        Assert.Null(row.TotalCoverage);
    }

    [Fact]
    public void A_total_with_a_distribution_is_held_or_not()
    {
        var row = Assert.Single(Run(new Told(1_900, 5_000), [1]).Rows);

        Assert.Equal(1, row.TotalCoverage);
        Assert.All(row.Totals, t => Assert.True(t.Lower < t.Actual && t.Actual < t.Upper));
        Assert.Equal(0, Assert.Single(Run(new Told(4_100, 4_200), [1]).Rows).TotalCoverage);
    }

    [Fact]
    public void The_same_days_a_year_ago_know_the_season_that_the_last_days_do_not()
    {
        var rows = Run([new LastWindowSpend(), new SameSeasonSpend()], [1], origins: 2).Rows;

        Assert.All(rows, r => Assert.Equal(0, r.LevelError!.Value, 1e-12));
        var spring = RollingOrigin.Run(
            Spring(), Day(2025, 2, 28), [new LastWindowSpend(), new SameSeasonSpend()],
            new OriginRules { Origins = 1, Horizons = [1] }).Rows;
        Assert.Equal(Math.Log(3), spring[0].LevelError!.Value, 1e-12);
        Assert.Equal(0, spring[1].LevelError!.Value, 1e-12);
    }

    [Fact]
    public void What_lies_beyond_the_history_is_refused_by_the_latest_origin_that_is_possible()
    {
        var e = Assert.Throws<BacktestException>(() => RollingOrigin.Run(
            Monthly.Until(730), Day(2025, 12, 1), [new AllZero()], new OriginRules { Origins = 1, Horizons = [1] }));

        Assert.Contains("2025-11-30", e.Message, StringComparison.Ordinal);
        Assert.Throws<BacktestException>(
            () => RollingOrigin.Run(Monthly.Until(730), null, [new AllZero()], new OriginRules { Origins = 40 }));
    }

    [Fact]
    public void The_page_shows_each_model_and_the_same_run_gives_the_same_page()
    {
        var result = Run([new Told(1_900, 4_100), new SameSeasonSpend()], [1, 3], origins: 2);
        var page = OriginsPage.Of(result);

        Assert.Equal(page, OriginsPage.Of(Run([new Told(1_900, 4_100), new SameSeasonSpend()], [1, 3], origins: 2)));
        Assert.All(
            ["Level by origin", "Randomised transforms", "naive: same days a year ago", "3 months: customers"],
            t => Assert.Contains(t, page, StringComparison.Ordinal));
    }

    private static OriginsResult Run(IForecastModel model, int[] horizons) => Run([model], horizons);

    private static OriginsResult Run(IForecastModel[] models, int[] horizons, int origins = 6) => RollingOrigin.Run(
        Monthly.Until(730), null, models, new OriginRules { Origins = origins, StepMonths = 1, Horizons = [.. horizons] });

    private static Shop Made()
    {
        var shop = new Shop();
        foreach (var customer in Enumerable.Range(0, 4))
        {
            for (var month = 0; month < 24; month++)
            {
                shop.Order($"c{customer}", Day(2024, 1, 15).AddMonths(month).DayNumber - Day(2024, 1, 1).DayNumber, 1_000);
            }
        }

        return shop;
    }

    // 30.00 in each March, 10.00 in other months.
    private static StoreHistory Spring()
    {
        var shop = new Shop();
        for (var month = 0; month < 24; month++)
        {
            var day = Day(2024, 1, 15).AddMonths(month);
            shop.Order("c", day.DayNumber - Day(2024, 1, 1).DayNumber, day.Month == 3 ? 3_000 : 1_000);
        }

        return shop.Until(730);
    }

    private static DateOnly Day(int year, int month, int day) => new(year, month, day);

    private sealed class Told(double low, double high) : IForecastModel, IForecaster, ITotalForecaster
    {
        public string Name => "told";

        public string Description => "as told";

        public IForecaster Fit(StoreHistory past, ForecastTask task) => this;

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) =>
            [.. customers.Select(_ => Forecasts.Forecast.OfRate(1_000, 1))];

        public ValueQuantiles Total(IReadOnlyList<AsOfSnapshot> customers) =>
            ValueQuantiles.Of(ValueQuantiles.OfTotal, p => low + (p * (high - low)));
    }
}
