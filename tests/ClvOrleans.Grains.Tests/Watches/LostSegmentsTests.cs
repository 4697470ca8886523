using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Segments;

namespace ClvOrleans.Grains.Tests.Watches;

/// <summary>Counts of own segments are those of the members listed, also where a silo ended while they changed.</summary>
public sealed class LostSegmentsTests : IAsyncLifetime
{
    private readonly StoreCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Every_count_names_its_revision_and_its_time_and_equals_the_members_listed_also_after_a_silo_was_killed()
    {
        const int Customers = 120;
        var store = _cluster.NewStore();
        var audit = new WatchAudit(_cluster, store);
        await audit.DefineAsync("vip", "orders >= 2");
        await audit.DefineAsync("vip", "orders >= 1 and historicValue >= 20");
        await audit.DefineAsync("small", "historicValue < 20");
        for (var i = 0; i < Customers; i++)
        {
            await SendAsync(Sent.Order(CustomerId.OfUser(store, $"c{i}"), $"o{i}", 1_000 + (20 * i), i % 100));
            if (i == Customers / 2)
            {
                await _cluster.Cluster.KillSiloAsync(_cluster.Cluster.Silos[1]);
            }
        }

        await audit.RefreshAsync();
        await audit.AssertAsync();
        _cluster.Time.Advance(TimeSpan.FromSeconds(2));
        var report = await _cluster.Grains.GetSegments(store).ReportAsync();
        Assert.Equal((3, 0), (report.Definitions, report.Waiting));
        Assert.Equal(AnyStore.SettingsOf(store).DayOf(_cluster.Time.GetUtcNow()), report.OldestEstimate);
        Assert.InRange(_cluster.Time.GetUtcNow() - report.At, TimeSpan.Zero, TimeSpan.FromSeconds(2));

        // From 20.00 on: the 50th of the customers and those after it.
        Assert.Equal((70, 50), (report.OwnSegments!["vip"].Customers, report.OwnSegments["small"].Customers));
        Assert.Equal(70, (await _cluster.Rows.MembersAsync(store, new SegmentId("vip"), null, 1_000)).Count);
        Assert.Equal(50, (await _cluster.Rows.MembersAsync(store, new SegmentId("small"), null, 1_000)).Count);
    }

    private async Task SendAsync(params ClvOrleans.Grains.Customers.RoutedEvent[] events) => Assert.All(
        await _cluster.Router().RecordAsync([.. events]),
        o => Assert.Equal(ClvOrleans.Grains.Customers.OutcomeKind.Recorded, o.Kind));
}
