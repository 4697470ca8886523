using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;

namespace ClvOrleans.Grains.Telemetry;

/// <summary>
/// How far the shards that are active on this silo are behind their customers, and how old their figures are: for each store, of the worst
/// shard. Whoever reads the figures of all silos takes the largest.
/// </summary>
public sealed class ShardMeter
{
    /// <summary>Gauge: time since a shard last followed its customers, of the shard for which it is longest.</summary>
    public const string Lag = "clv.shard.lag";

    /// <summary>Gauge: shards that are active on this silo.</summary>
    public const string Active = "clv.shards";

    /// <summary>Gauge: shards that a store has; the same on every silo.</summary>
    public const string Expected = "clv.shards.expected";

    /// <summary>Gauge: age of the oldest estimate, in whole local days.</summary>
    public const string Age = "clv.figures.age";

    /// <summary>Gauge: estimates of an earlier day, model or market calendar.</summary>
    public const string Waiting = "clv.figures.waiting";

    /// <summary>Gauge: those of the waiting that a model failed on.</summary>
    public const string Failed = "clv.figures.failed";

    /// <summary>Attribute: id of the store.</summary>
    public const string Store = "clv.store.id";

    private readonly ConcurrentDictionary<(StoreId Store, int Shard), Followed> _shards = new();
    private readonly ObservableGauge<double> _age;
    private readonly IStores _stores;
    private readonly TimeProvider _time;

    /// <summary>Makes the instruments; one a process.</summary>
    public ShardMeter(ClvTelemetry telemetry, IStores stores, TimeProvider time)
    {
        (_stores, _time) = (stores, time);
        var meter = telemetry.Meter;
        _age = meter.CreateObservableGauge(Age, () => Each(OldestOf), "s", "Age of the oldest estimate, in whole local days.");
        meter.CreateObservableGauge(Lag, () => Each(LagOf), "s", "Longest time since a shard followed its customers.");
        meter.CreateObservableGauge(Active, () => Each((_, shards) => shards.Count), "{shard}", "Shards that are active on this silo.");
        meter.CreateObservableGauge(
            Expected,
            () => _stores.All.Select(s => new Measurement<int>(s.Shards.Value, new KeyValuePair<string, object?>(Store, s.Id.Value))),
            "{shard}", "Shards that the store has.");
        meter.CreateObservableGauge(
            Waiting, () => Each((_, shards) => shards.Sum(s => s.Figures.Waiting)), "{customer}", "Customers whose estimate is late.");
        meter.CreateObservableGauge(
            Failed, () => Each((_, shards) => shards.Sum(s => s.Figures.Failed)), "{customer}", "Customers that a model failed on.");
    }

    /// <summary>Whether anybody listens.</summary>
    public bool Enabled => _age.Enabled;

    /// <summary>A shard has followed its customers up to now.</summary>
    public void Follow(StoreId store, int shard)
    {
        if (Enabled)
        {
            _shards.AddOrUpdate(
                (store, shard), (_, now) => new Followed(now, null), (_, before, now) => before with { At = now }, _time.GetTimestamp());
        }
    }

    /// <summary>How old a shard's figures are.</summary>
    public void Set(StoreId store, int shard, ShardFigures figures) =>
        _shards.AddOrUpdate(
            (store, shard), (_, now) => new Followed(now, figures), (_, before, _) => before with { Known = figures },
            _time.GetTimestamp());

    /// <summary>A shard is no longer active here.</summary>
    public void Remove(StoreId store, int shard) => _shards.TryRemove((store, shard), out _);

    private IEnumerable<Measurement<double>> Each(Func<StoreSettings, List<Followed>, double> measure)
    {
        foreach (var store in _stores.All)
        {
            var shards = _shards.Where(s => s.Key.Store == store.Id).Select(s => s.Value).ToList();
            if (shards.Count > 0)
            {
                yield return new Measurement<double>(measure(store, shards), new KeyValuePair<string, object?>(Store, store.Id.Value));
            }
        }
    }

    private double LagOf(StoreSettings store, List<Followed> shards) => shards.Max(s => _time.GetElapsedTime(s.At).TotalSeconds);

    private double OldestOf(StoreSettings store, List<Followed> shards)
    {
        var today = store.DayOf(_time.GetUtcNow());
        var oldest = shards.Select(s => s.Known?.Oldest ?? today).Min();
        return TimeSpan.FromDays(Math.Max(0, today.DayNumber - oldest.DayNumber)).TotalSeconds;
    }

    private sealed record Followed(long At, ShardFigures? Known)
    {
        public ShardFigures Figures => Known ?? default;
    }
}
