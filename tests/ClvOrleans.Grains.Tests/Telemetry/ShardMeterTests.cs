using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Tests;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Grains.Tests.Telemetry;

/// <summary>What is measured of the shards of a silo.</summary>
public sealed class ShardMeterTests : IDisposable
{
    private static readonly StoreSettings Shop = new() { Id = new StoreId("shop"), Shards = new ShardCount(128) };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly ClvTelemetry _telemetry = new();
    private readonly ShardMeter _meter;

    public ShardMeterTests() => _meter = new ShardMeter(_telemetry, new OneShop(), _time);

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public void Nothing_is_kept_while_nobody_listens()
    {
        _meter.Follow(Shop.Id, 1);
        using var measured = new Measured(_telemetry);
        measured.Observe();
        Assert.Empty(measured.Of(ShardMeter.Active));
    }

    [Fact]
    public void The_lag_is_of_the_shard_that_followed_its_customers_least_recently()
    {
        using var measured = new Measured(_telemetry);
        _meter.Follow(Shop.Id, 1);
        _time.Advance(TimeSpan.FromSeconds(20));
        _meter.Follow(Shop.Id, 2);
        _time.Advance(TimeSpan.FromSeconds(5));
        measured.Observe();
        Assert.Equal([("shop", 25.0)], measured.Of(ShardMeter.Lag));
        Assert.Equal([("shop", 2.0)], measured.Of(ShardMeter.Active));
    }

    [Fact]
    public void How_many_shards_a_store_has_is_told_also_by_a_silo_where_none_of_them_is_active()
    {
        using var measured = new Measured(_telemetry);
        measured.Observe();
        Assert.Empty(measured.Of(ShardMeter.Active));
        Assert.Equal([("shop", 128.0)], measured.Of(ShardMeter.Expected));
    }

    [Fact]
    public void The_age_is_of_the_oldest_estimate_and_grows_at_midnight()
    {
        using var measured = new Measured(_telemetry);
        _meter.Set(Shop.Id, 1, new ShardFigures(new DateOnly(2026, 6, 15), 0, 0));
        _meter.Set(Shop.Id, 2, new ShardFigures(new DateOnly(2026, 6, 14), 3, 1));
        measured.Observe();
        _time.Advance(TimeSpan.FromHours(12));
        measured.Observe();
        Assert.Equal([("shop", 86_400.0), ("shop", 172_800.0)], measured.Of(ShardMeter.Age));
        Assert.Equal([("shop", 3.0), ("shop", 3.0)], measured.Of(ShardMeter.Waiting));
        Assert.Equal([("shop", 1.0), ("shop", 1.0)], measured.Of(ShardMeter.Failed));
    }

    [Fact]
    public void A_shard_that_has_left_the_silo_is_no_longer_measured()
    {
        using var measured = new Measured(_telemetry);
        _meter.Follow(Shop.Id, 1);
        _meter.Remove(Shop.Id, 1);
        measured.Observe();
        Assert.Empty(measured.Of(ShardMeter.Lag));
    }

    private sealed class OneShop : IStores
    {
        public IReadOnlyCollection<StoreSettings> All => [Shop];

        public StoreSettings Find(StoreId store) => Shop;
    }
}
