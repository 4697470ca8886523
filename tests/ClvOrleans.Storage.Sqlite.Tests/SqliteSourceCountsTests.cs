using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sources;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Counts of several silos come together.</summary>
public sealed class SqliteSourceCountsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private readonly TestStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task What_silos_add_is_summed_and_the_latest_time_stays()
    {
        var (one, other) = (new SqliteSourceCounts(_store.Database, _store.Writer), new SqliteSourceCounts(_store.Database, _store.Writer));
        await one.AddAsync(Letters.Store, [new("web", SourceOutcome.Accepted, "", 2, At), new("web", SourceOutcome.Refused, "invalid_money", 1, At)]);
        await other.AddAsync(Letters.Store, [new("web", SourceOutcome.Accepted, "", 3, At.AddHours(-1)), new("ios", SourceOutcome.Accepted, "", 1, At)]);
        await other.AddAsync(new StoreId("other"), [new("web", SourceOutcome.Accepted, "", 9, At)]);

        Assert.Equal(
            [
                new SourceCount("ios", SourceOutcome.Accepted, "", 1, At), new SourceCount("web", SourceOutcome.Accepted, "", 5, At),
                new SourceCount("web", SourceOutcome.Refused, "invalid_money", 1, At),
            ],
            await one.ReadAsync(Letters.Store));
    }
}
