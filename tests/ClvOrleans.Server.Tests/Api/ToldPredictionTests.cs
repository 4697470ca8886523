using ClvOrleans.Server.Api;
using ClvOrleans.Valuation.Drift;

namespace ClvOrleans.Server.Tests.Api;

/// <summary>Predictions of small groups are not told.</summary>
public sealed class ToldPredictionTests
{
    private static readonly PredictedTotal[] Made =
    [
        Of(PredictedTotal.Store, 30), Of("new", 12), Of("active", 11), Of("lost", 4), Of("at-risk", 3), Of("segment:one", 1),
        Of("segment:all", 30),
    ];

    [Fact]
    public void Small_lifecycles_and_own_segments_are_left_out() =>
        Assert.Equal(["total", "new", "active"], ToldPredictions.Of(Made, 5).Select(t => t.Group));

    [Fact]
    public void The_next_smallest_goes_with_one_that_the_total_would_tell() => Assert.Equal(
        ["total", "new"], ToldPredictions.Of([.. Made.Where(t => t.Group is not "at-risk")], 5).Select(t => t.Group));

    [Fact]
    public void A_store_without_a_smallest_group_tells_all() => Assert.Same(Made, ToldPredictions.Of(Made, 0));

    private static PredictedTotal Of(string group, long customers) => new()
    {
        Model = "m1",
        MadeOn = new DateOnly(2026, 1, 1),
        Days = 30,
        Group = group,
        Customers = customers,
        Expected = 1,
        Lower = 0,
        Upper = 2,
    };
}
