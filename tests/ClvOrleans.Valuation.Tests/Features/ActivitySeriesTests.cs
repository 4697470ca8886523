using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Features;
using CsCheck;
using Xunit;
using static ClvOrleans.Tests.Happened;

namespace ClvOrleans.Valuation.Tests.Features;

public sealed class ActivitySeriesTests
{
    private static readonly int Width = ActivitySeries.Channels.Length;
    private static readonly int StepWidth = ActivitySeries.StepChannels.Length;

    // Two orders in week 0; behaviour without an order in week 2; both in week 3.
    private static readonly CustomerSummary Customer = Summarise(
        Order(0, "a", 1_000), Order(1, "b", 500),
        On(14, EventKind.ProductViewed), On(14, EventKind.ProductClicked), On(15, EventKind.ProductAdded),
        On(16, EventKind.ProductsSearched), Order(21, "c", 2_000), On(21, EventKind.CheckoutStarted), On(22, EventKind.ProductReviewed));

    private static readonly float[][] Weeks =
    [
        [Log(2), Log(1_500) / 8, Log(2), 0, 0, 0, 0, 0],
        new float[8],
        [0, 0, Log(3), Log(2), Log(1), 0, Log(1), 0],
        [Log(1), Log(2_000) / 8, Log(2), 0, 0, Log(1), 0, Log(1)],
    ];

    [Fact]
    public void Names_are_unique_and_every_channel_says_its_unit_and_meaning()
    {
        Assert.Equal(
            ["orders", "value", "sessions", "views", "cartAdds", "checkouts", "searches", "social", "gap"],
            ActivitySeries.StepChannels.Select(c => c.Name));
        Assert.All(ActivitySeries.StepChannels, c => Assert.True(c.Unit.Length > 0 && c.Meaning.Length > 0));
    }

    [Fact]
    public void Weeks_are_written_the_oldest_first_and_the_week_of_the_day_last()
    {
        Assert.Equal(Weeks.SelectMany(w => w), Written(Customer, 27, 4), Near);
        Assert.Equal([.. Weeks[2], .. Weeks[3], .. new float[8]], Written(Customer, 28, 3), Near);
    }

    [Fact]
    public void Weeks_before_the_first_are_zero() => Assert.Equal([.. new float[16], .. Weeks[0]], Written(Customer, 6, 3), Near);

    [Fact]
    public void A_step_is_an_active_week_and_the_time_since_the_one_before()
    {
        float[] expected = [.. Weeks[0], 0, .. Weeks[2], Log(2), .. Weeks[3], Log(1)];
        var steps = new float[5 * StepWidth];

        Assert.Equal(3, ActivitySeries.CountSteps(Customer, Day(27)));
        Assert.Equal(3, ActivitySeries.WriteSteps(Customer, Day(27), steps));
        Assert.Equal([.. expected, .. new float[2 * StepWidth]], steps, Near);
        Assert.Equal(2, ActivitySeries.WriteSteps(Customer, Day(27), steps.AsSpan(0, 2 * StepWidth)));
        Assert.Equal(expected[StepWidth..], steps[..(2 * StepWidth)], Near);
    }

    [Fact]
    public void There_are_at_most_104_steps_also_where_purchases_go_back_further()
    {
        var customer = Summarise(Enumerable.Range(0, 120).Select(w => Order(7 * w, $"o{w}", 100)));
        var steps = new float[130 * StepWidth];

        Assert.Equal(104, ActivitySeries.CountSteps(customer, Day(7 * 119)));
        Assert.Equal(104, ActivitySeries.WriteSteps(customer, Day(7 * 119), steps));
        Assert.Equal(Log(1), steps[StepWidth - 1], 1e-6f);
    }

    [Fact]
    public void Purchases_without_kept_weeks_are_written_all_the_same() =>
        Assert.Equal([Log(2), Log(1_500) / 8, 0, 0, 0, 0, 0, 0], Written(Customer with { Weeks = [] }, 3, 1), Near);

    [Fact]
    public void Nothing_later_than_the_day_is_read() =>
        (from events in History from week in Gen.Int[0, 57] select (events, week)).Sample(t =>
        {
            var sunday = (7 * t.week) + 6;
            var earlier = Summarise(t.events.Where(e => Store.DayOf(e.At) <= Day(sunday)));
            Assert.Equal(Written(earlier, sunday, 20), Written(Summarise(t.events), sunday, 20));
            var (one, other) = (new float[30 * StepWidth], new float[30 * StepWidth]);
            Assert.Equal(
                ActivitySeries.WriteSteps(earlier, Day(sunday), one), ActivitySeries.WriteSteps(Summarise(t.events), Day(sunday), other));
            Assert.Equal(one, other);
        });

    [Fact]
    public void Of_a_running_week_that_goes_on_only_the_purchases_up_to_the_day_are_read() =>
        Assert.Equal([Log(1), Log(2_000) / 8, 0, 0, 0, 0, 0, 0], Written(Customer, 21, 1), Near);

    [Fact]
    public void Room_of_another_size_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ActivitySeries.WriteWeeks(Customer, Day(0), 2, new float[Width]));
        Assert.Throws<ArgumentException>(() => ActivitySeries.WriteSteps(Customer, Day(0), new float[StepWidth + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivitySeries.WriteWeeks(Customer, Day(0), 0, []));
    }

    private static float[] Written(CustomerSummary customer, int day, int weeks)
    {
        var series = new float[weeks * Width];
        ActivitySeries.WriteWeeks(customer, Day(day), weeks, series);
        return series;
    }

    private static float Log(double count) => (float)Math.Log(1 + count);

    private static bool Near(float one, float other) => Math.Abs(one - other) < 1e-6;
}
