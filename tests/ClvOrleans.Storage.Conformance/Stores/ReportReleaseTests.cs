using ClvOrleans.Storage.Releases;

namespace ClvOrleans.Storage.Conformance.Stores;

/// <summary><see cref="IReportReleases"/>: what reports with noise tell is one and the same until its last day is over.</summary>
public class ReportReleaseTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly DateOnly Monday = new(2026, 1, 5);

    [Fact]
    public async Task A_release_stays_until_its_last_day_is_over_and_then_the_next_takes_its_place()
    {
        var (first, next) = (new KeptRelease(Monday.AddDays(6), "{\"a\":1}"), new KeptRelease(Monday.AddDays(13), "{\"b\":\"❤\"}"));
        Assert.Null(await Store.Releases.FindAsync(Shop));
        Assert.Equal(first, await Store.Releases.KeepAsync(Shop, first, Monday));
        Assert.Equal(first, await Store.Releases.KeepAsync(Shop, next, Monday.AddDays(6)));
        Assert.Null(await Store.Releases.FindAsync(Other));

        await ReopenAsync();
        Assert.Equal(first, await Store.Releases.FindAsync(Shop));
        Assert.Equal(next, await Store.Releases.KeepAsync(Shop, next, Monday.AddDays(7)));
        Assert.Equal(next, await Store.Releases.FindAsync(Shop));
    }

    [Fact]
    public async Task Of_several_that_are_kept_at_once_all_are_told_one()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Store.Releases.KeepAsync(Shop, new KeptRelease(Monday.AddDays(6 + (i % 2)), $"{i}"), Monday)));
        Assert.Equal([await Store.Releases.FindAsync(Shop)], kept.Distinct());
    }

    [Fact]
    public async Task A_store_has_one_secret_whoever_offers_another()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Store.Releases.SecretAsync(Shop, $"s{i}")));
        var secret = Assert.Single(secrets.Distinct());
        await ReopenAsync();
        Assert.Equal(secret, await Store.Releases.SecretAsync(Shop, "another"));
        Assert.Equal("another", await Store.Releases.SecretAsync(Other, "another"));
    }
}
