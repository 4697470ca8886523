using ClvOrleans.Domain.Stores;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Server.Tests.Api;

public sealed class PredictionApiTests(ClvFixture fixture) : IClassFixture<ClvFixture>
{
    [Fact]
    public async Task A_store_without_a_night_has_predicted_nothing_and_days_are_within_bounds()
    {
        var reply = await fixture.GetAsync("api/v1/predictions?days=30");
        Assert.Equal(("USD", 0, 0), (
            reply.GetProperty("currency").GetString(), reply.GetProperty("horizons").GetArrayLength(),
            reply.GetProperty("predictions").GetArrayLength()));
        foreach (var days in (string[])["0", "3651", "x"])
        {
            await fixture.RefusedAsync(400, "invalid_days", $"api/v1/predictions?days={days}");
        }
    }

    [Fact]
    public void What_came_stands_beside_what_was_predicted_in_major_units()
    {
        var passed = new PredictedTotal
        {
            Model = "m-1",
            MadeOn = new DateOnly(2026, 1, 1),
            Days = 30,
            Group = "at-risk",
            Customers = 10,
            Expected = 100_000,
            Lower = 80_000,
            Upper = 130_000,
            Outcome = new TotalOutcome(200_000, .99, new IntervalHits(10, 1, 4), 2_500),
        };
        var reply = PredictionsReply.Of(
            [passed with { MadeOn = passed.MadeOn.AddDays(31), Outcome = null }, passed], new StoreSettings { Id = new StoreId("shop") });

        var (open, came) = (reply.Predictions[0], reply.Predictions[1]);
        Assert.Equal((null, null, null), (open.Actual, open.IsHeld, open.Place));
        Assert.Equal(
            (new DateOnly(2026, 1, 31), 1_000m, 800m, 1_300m, 2_000m, false, .99),
            (came.Until, came.Expected, came.Interval.Lower, came.Interval.Upper, came.Actual, came.IsHeld, came.Place));
        var record = Assert.Single(reply.Horizons);
        Assert.Equal(
            ("at-risk", 30, 1, 0.0, 10L, .5, .1, .4),
            (record.Group, record.Days, record.Predictions, record.Held, record.Customers, record.CustomersWithin!.Value,
                record.CustomersBelow!.Value, record.CustomersAbove!.Value));
        Assert.Equal(
            (Math.Log(2), 2.0, 25.0), (record.LevelError!.Value, record.WorstFactor!.Value, Math.Round(record.CustomerIntervalScore, 9)));

        // A width of 500, and ten times the 700 above it, over the 2,000 that came.
        Assert.Equal(3.75, record.IntervalScore!.Value, 1e-9);
    }
}
