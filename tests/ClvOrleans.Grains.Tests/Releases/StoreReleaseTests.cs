using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Grains.Releases;
using ClvOrleans.Reports.Noise;

namespace ClvOrleans.Grains.Tests.Releases;

/// <summary>What a store with noise tells is one and the same on all silos, and nothing that happens in the period changes it.</summary>
public abstract class StoreReleaseTests(StoreCluster cluster)
{
    private readonly StoreId _store = AnyStore.Noisy;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_silos_tell_the_same_until_the_period_is_over_whatever_happens()
    {
        await OrderAsync(0, 60);
        cluster.Time.Move(TimeSpan.FromDays(7));
        await OrderAsync(60, 20); // Of the period that is not over.

        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => TellAsync(i % 2)));
        var first = Assert.Single(told.Distinct());
        Near(60, first);

        // More customers, an erasure, an event that comes late, a restart: all of them are in the next release only.
        await OrderAsync(80, 50);
        await OrderAsync(130, 10, late: true);
        await cluster.Service<PersonErasure>(0).EraseAsync(CustomerId.OfUser(_store, "n0"), suppress: true, cluster.Time.GetUtcNow());
        Assert.Equal(first, await TellAsync(0));
        Assert.Equal(first, await TellAsync(1));
        await cluster.RestartAsync(new CustomerOptions());
        Assert.Equal(first, await TellAsync(1));

        cluster.Time.Move(TimeSpan.FromDays(7));
        var next = await TellAsync(1);
        Assert.NotEqual(first, next);
        Near(139, next);
        Assert.Equal(next, await TellAsync(0));
    }

    private static void Near(long exact, string told)
    {
        var customers = ReportRelease.Parse(told).Find(ReleasedTable.Lifecycle)!.Groups.Sum(g => g.Customers);
        Assert.InRange(customers, exact - 15, exact + 15);
    }

    private async Task<string> TellAsync(int silo) => (await cluster.Service<StoreReleases>(silo).CurrentAsync(_store, Cancelled)).ToJson();

    private async Task OrderAsync(int from, int count, bool late = false)
    {
        var at = cluster.Time.GetUtcNow() - TimeSpan.FromDays(late ? 7 : 0);
        var outcomes = await cluster.Router().RecordAsync([.. Enumerable.Range(from, count).Select(i =>
        {
            var sent = Sent.Order(CustomerId.OfUser(_store, $"n{i}"), $"on{i}", 1_000);
            return sent with { Event = sent.Event with { At = at } };
        })]);
        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Recorded, o.Kind));
    }
}
