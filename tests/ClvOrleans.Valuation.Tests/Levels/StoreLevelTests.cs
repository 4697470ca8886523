using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Levels;

namespace ClvOrleans.Valuation.Tests.Levels;

public sealed class StoreLevelTests
{
    private static readonly DateOnly End = new(2025, 12, 31);
    private static readonly Horizon Year = new(365);

    [Theory]
    [InlineData(3, .9, 1.638)] // a table of Student's t
    [InlineData(4, .975, 2.776)]
    [InlineData(10, .1, -1.372)]
    public void The_error_of_a_level_has_the_quantiles_of_Students_t(double degrees, double probability, double expected)
    {
        var error = new LevelError(degrees, .2);

        Assert.Equal(.2 * expected, error.LogRatio(probability), 2e-4);
        Assert.Equal(probability, error.Probability(error.LogRatio(probability)), 1e-9);
        Assert.Equal(
            (0.0, 0.0, 1.0),
            (new LevelError(4, 0).LogRatio(.9), new LevelError(4, 0).Probability(-.1), new LevelError(4, 0).Probability(0)));
    }

    [Fact]
    public void A_store_that_brings_what_is_expected_of_it_is_worth_customers_times_quality_times_age()
    {
        // Two cohorts of 10 and 30 customers who spend 365.2425 / 12 each month, the second half as much.
        var level = Store(_ => 1);

        Assert.Equal((10 + (30 * .5)) * 365, level.Expected(End, Year), 1e-6);
        Assert.Equal(25 * 90, level.Expected(End, new Horizon(90)), 1e-6);
        Assert.Equal(25 * 1_000, level.Expected(End, new Horizon(1_000)), 1e-6);
    }

    [Fact]
    public void Cohorts_add_up_to_the_store()
    {
        var level = Store(month => month % 12 == 11 ? 3 : .8);

        foreach (var days in (int[])[7, 90, 365, 500])
        {
            var sum = level.Cohorts.Sum(c => c.Customers * level.OfCustomer(c, End, new Horizon(days)));
            Assert.Equal(1, sum / level.Expected(End, new Horizon(days)), 1e-9);
        }
    }

    [Fact]
    public void The_season_of_past_years_is_expected_again_and_a_year_is_worth_what_years_are()
    {
        // December three times a mean month, others 9/11: a year as a flat one.
        var level = Store(month => month % 12 == 11 ? 3 : 9 / 11.0);
        var december = level.Expected(new DateOnly(2026, 11, 30), new Horizon(31));
        var november = level.Expected(new DateOnly(2026, 10, 31), new Horizon(30));

        // The season that is believed before any year is seen counts a quarter of a year, against three that were seen.
        Assert.InRange(december / november, 3.0, 31 / 30.0 * 3 / (9 / 11.0));
        Assert.Equal(25 * 365, level.Expected(End, Year), 25 * 365 * .02);
        Assert.True(level.Index(new DateOnly(2026, 11, 30), new Horizon(31)) > 2.5);
        Assert.Equal(1, level.Index(End, Year), .02);
    }

    [Fact]
    public void A_break_is_believed_the_more_the_longer_it_lasts()
    {
        var before = Store(_ => 1).Expected(End, Year);
        var one = Store(month => month >= Month(2025) ? .6 : 1).Expected(End, Year) / before;
        var two = Store(month => month >= Month(2024) ? .6 : 1).Expected(End, Year) / before;

        Assert.InRange(one, .7, .85);
        Assert.InRange(two, .6, .7);
    }

    [Fact]
    public void Errors_between_horizons_lie_between_theirs_and_beyond_them_are_the_nearest()
    {
        var level = Store(_ => 1) with
        {
            Errors = [new HorizonError(30, new LevelError(10, .3)), new HorizonError(365, new LevelError(4, .1))],
        };

        Assert.Equal(level.Errors[0].Error, level.Error(new Horizon(7)));
        Assert.Equal(level.Errors[1].Error, level.Error(new Horizon(1_000)));
        Assert.InRange(level.Error(new Horizon(105)).Scale, .199, .201); // √(30 · 365) = 104.6
    }

    [Fact]
    public void A_customer_belongs_to_the_nearest_cohort_before()
    {
        var level = Store(_ => 1);

        Assert.Equal(level.Cohorts[0], level.CohortOf(new DateOnly(2023, 1, 31)));
        Assert.Equal(level.Cohorts[0], level.CohortOf(new DateOnly(2023, 5, 1)));
        Assert.Equal(level.Cohorts[1], level.CohortOf(new DateOnly(2030, 1, 1)));
        Assert.Equal(level.Cohorts[0], level.CohortOf(new DateOnly(2020, 1, 1)));
    }

    private static int Month(int year) => CalendarMonth.Of(new DateOnly(year, 1, 1));

    // Three years; what came of each month is a factor of what was expected.
    private static StoreLevel Store(Func<int, double> factor) => new()
    {
        Until = End,
        Cohorts = [new LevelCohort(Month(2023), 10, 1), new LevelCohort(Month(2023) + 6, 30, .5)],
        Ages = [.. CustomerAge.Starts.Select(_ => CalendarMonth.MeanDays)],
        Season = [.. Enumerable.Repeat(1.0, 12)],
        Months = [.. Enumerable.Range(Month(2023), 36)
            .Select(m => new LevelMonth(1e9 * CalendarMonth.Days(m) * factor(m), 1e9 * CalendarMonth.Days(m)))],
        MeanPurchase = 1,
        Dispersion = 1,
    };
}
