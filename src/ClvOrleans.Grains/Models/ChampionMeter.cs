using System.Diagnostics.Metrics;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using Microsoft.Extensions.Hosting;

namespace ClvOrleans.Grains.Models;

/// <summary>Which model each store is estimated by on this silo.</summary>
internal sealed class ChampionMeter : IHostedService
{
    /// <summary>Gauge: number of the promotion that counts; the attributes name the model.</summary>
    public const string Generation = "clv.champion.generation";

    /// <summary>Gauge: 1 where the champion cannot be opened and another model stands in for it, else 0.</summary>
    public const string StandIn = "clv.champion.stand_in";

    /// <summary>Attribute: id of the model's version.</summary>
    public const string Model = "clv.model.id";

    private readonly IChampions _champions;
    private readonly IStores _stores;

    public ChampionMeter(ClvTelemetry telemetry, IStores stores, IChampions champions)
    {
        (_stores, _champions) = (stores, champions);
        telemetry.Meter.CreateObservableGauge(
            Generation, () => Each(c => c.Generation, isNamed: true), "{promotion}", "Number of the promotion that counts.");
        telemetry.Meter.CreateObservableGauge(
            StandIn, () => Each(c => c.Problem is null ? 0 : 1, isNamed: false), "1", "1 where another model stands in for the champion.");
    }

    // Made with the service, so that its instruments are there.
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<int>> Each(Func<ChampionModel, int> measure, bool isNamed)
    {
        foreach (var store in _stores.All)
        {
            var champion = _champions.Find(store.Id);
            KeyValuePair<string, object?>[] tags =
            [
                new(ShardMeter.Store, store.Id.Value),
                .. isNamed
                    ? [new(Model, champion.Model.Version.Id), new(ClvTelemetry.ModelFamily, champion.Model.Version.Family)]
                    : Array.Empty<KeyValuePair<string, object?>>(),
            ];
            yield return new Measurement<int>(measure(champion), tags);
        }
    }
}
