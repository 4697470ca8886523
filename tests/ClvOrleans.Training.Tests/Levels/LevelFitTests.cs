using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Levels;
using ClvOrleans.Training.Tests.Backtests;
using ClvOrleans.Valuation.Levels;
using Xunit;

namespace ClvOrleans.Training.Tests.Levels;

public sealed class LevelFitTests
{
    [Fact]
    public void Cells_count_what_was_spent_after_the_first_purchase_and_the_time_in_which_it_could_be()
    {
        // Day 0 is 2024-01-01; 40 is 2024-02-10.
        var cells = LevelCells.Of(new Shop().Order("a", 10, 500).Order("a", 40, 700).Order("b", 40, 900).Until(50), ValueKind.Gross);

        Assert.Equal((2, 1), (cells.Months, cells.Purchases));
        Assert.Equal((1, 1), (cells.CustomersOf(cells.First), cells.CustomersOf(cells.First + 1)));
        var (january, february, other) = (cells.All[0], cells.All[1], cells.All[2]);
        Assert.Equal((0.0, 700.0, 0.0), (january.Spent, february.Spent, other.Spent));
        Assert.Equal(
            [20, 20, 10],
            ((double[])[january.Exposure, february.Exposure, other.Exposure]).Select(e => Math.Round(e * CalendarMonth.MeanDays)));
        Assert.Equal(700, cells.SpentAfter(cells.First, 1));
    }

    [Fact]
    public void An_earlier_end_knows_nothing_later()
    {
        var shop = Shop.Made(120);
        var all = LevelCells.Of(shop.Until(399), ValueKind.Gross);
        var month = all.First + 5;
        var (earlier, known) =
            (all.AsOf(month), LevelCells.Of(
                shop.Until(CalendarMonth.Start(month + 1).DayNumber - 1 - Shop.Day(0).DayNumber), ValueKind.Gross));

        Assert.Equal(known.Until, earlier.Until);
        Assert.Equal(known.All, earlier.All);
    }

    [Fact]
    public void A_store_in_which_nobody_bought_again_has_no_level() => Assert.Throws<FitException>(
        () => LevelFit.Of(new Shop().Order("a", 1, 500).Order("b", 40, 700).Until(60), ValueKind.Gross));

    [Fact]
    public void A_young_store_has_the_error_that_is_believed_and_an_old_one_its_own()
    {
        var young = LevelFit.Of(Shop.Made(120).Until(200), ValueKind.Gross);
        var old = LevelFit.Of(Steady(1_500), ValueKind.Gross);

        Assert.InRange(young.Error(new Horizon(365)).DegreesOfFreedom, 4, 4.5);
        Assert.InRange(old.Error(new Horizon(91)).DegreesOfFreedom, 8, 30);
        Assert.InRange(old.Error(new Horizon(91)).Scale / young.Error(new Horizon(91)).Scale, 0, .8);
        Assert.Equal(StoreSeason.Prior, young.Season);
        Assert.Equal(1, Enumerable.Range(0, 12).Sum(m => young.Season[m] * DateTime.DaysInMonth(2025, m + 1)) / 365, 1e-3);
    }

    [Fact]
    public void A_part_of_the_store_varies_more_than_the_whole()
    {
        var past = Shop.Made(120).Until(300);
        var forecaster = (LevelForecaster)new LevelModel().Fit(past, new ForecastTask(ValueKind.Gross, new Horizon(90)));
        var (whole, part) = (forecaster.Total(past.Buyers), forecaster.Total([.. past.Buyers.Take(3)]));

        Assert.Equal(forecaster.Forecast(past.Buyers).Sum(f => f.Value), whole.Quantile(.5), whole.Quantile(.5) * 1e-3);
        Assert.True(part.Quantile(.9) / part.Quantile(.1) > whole.Quantile(.9) / whole.Quantile(.1));
    }

    // 40 customers buy every 25 days for 10.00, whatever the month.
    private static StoreHistory Steady(int days)
    {
        var shop = new Shop();
        for (var customer = 0; customer < 40; customer++)
        {
            for (var day = customer; day < days; day += 25)
            {
                shop.Order($"c{customer:00}", day, 1_000);
            }
        }

        return shop.Until(days - 1);
    }
}
