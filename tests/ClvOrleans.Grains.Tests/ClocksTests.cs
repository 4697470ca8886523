using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Segments;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests;

/// <summary>Clocks go back, jump and stand still: no report freezes, no purchase is left out.</summary>
public sealed class ClocksTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly StoreId _store = cluster.NewStore();

    [Theory]
    [InlineData("-00:10:00")]
    [InlineData("-02:00:00")]
    [InlineData("-3650.00:00:00")]
    [InlineData("1.00:00:00")]
    public async Task A_report_is_made_anew_each_second_whatever_becomes_of_the_clock(string jump)
    {
        var by = TimeSpan.Parse(jump, null);
        await OrderAsync("before");
        Assert.Equal(1, Orders(await ReportAsync()));

        cluster.Time.Move(by);
        await OrderAsync("after");
        cluster.Time.Advance(Second);
        var report = await ReportAsync();
        Assert.Equal((2, TimeSpan.Zero, 0), (Orders(report), report.Age, report.Waiting));

        // Within the second it is the same report, and says how old it is.
        cluster.Time.Advance(Second / 2);
        cluster.Time.Move(-by);
        var same = await ReportAsync();
        Assert.Equal((report.At, Second / 2), (same.At, same.Age));
        cluster.Time.Advance(Second);
        Assert.Equal(2, Orders(await ReportAsync()));
    }

    [Fact]
    public async Task A_clock_that_was_years_ahead_leaves_no_estimate_of_the_future_behind()
    {
        await OrderAsync("anna");
        var before = await ReportAsync();
        cluster.Time.Move(TimeSpan.FromDays(3_650));
        cluster.Time.Advance(Second);
        Assert.True(Alive(await ReportAsync()) < Alive(before));

        cluster.Time.Move(TimeSpan.FromDays(-3_650));
        cluster.Time.Advance(Second);
        var after = await ReportAsync();
        Assert.Equal((Alive(before), before.OldestEstimate, 0), (Alive(after), after.OldestEstimate, after.Waiting));
    }

    private static long Orders(SegmentReport report) => report.Rows.Where(r => r.Lifecycle != Lifecycle.Prospect).Sum(r => r.Sums.Orders);

    private static long Alive(SegmentReport report) => report.Rows.Sum(r => r.Sums.Alive);

    private Task<SegmentReport> ReportAsync() => cluster.Grains.GetSegments(_store).ReportAsync();

    private Task<EventOutcome[]> OrderAsync(string customer) =>
        cluster.Router().RecordAsync([Sent.Order(CustomerId.OfUser(_store, customer), "of-" + customer, 1_000, 150)]);
}
