using System.Collections.Immutable;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Estimates;

/// <summary>Loads the champions before the silo takes calls, follows the registry, and swaps in one assignment.</summary>
public sealed partial class ChampionHost(IModelRegistry registry, IStores stores, TimeProvider time, ILogger<ChampionHost> logger)
    : BackgroundService, IChampions, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly ChampionModel Prior = new(ValueModels.Open(PriorModel.Version), 0);
    private ImmutableDictionary<StoreId, ChampionModel> _models = ImmutableDictionary<StoreId, ChampionModel>.Empty;

    /// <inheritdoc />
    public ChampionModel Find(StoreId store) => _models.GetValueOrDefault(store, Prior);

    /// <inheritdoc />
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(ChampionHost), ServiceLifecycleStage.ApplicationServices, RefreshAsync);

    /// <summary>Looks for new champions now.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        foreach (var store in stores.All)
        {
            if (await registry.FindChampionAsync(store.Id, cancellation) is not { } champion || champion.Generation <= Find(store.Id).Generation)
            {
                continue;
            }

            try
            {
                var model = await registry.OpenAsync(store.Id, champion.Version, cancellation);
                _models = _models.SetItem(store.Id, new ChampionModel(model, champion.Generation));
            }
            catch (InvalidDataException e)
            {
                LogNotOpened(e, store.Id, Find(store.Id).Model.Version.Id);
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RefreshAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    [LoggerMessage(LogLevel.Error, "The champion of store {Store} cannot be opened; {Model} stays in force.")]
    private partial void LogNotOpened(Exception error, StoreId store, string model);
}
