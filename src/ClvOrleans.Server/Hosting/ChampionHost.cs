using System.Collections.Immutable;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Server.Hosting;

/// <summary>Loads the champion before the silo takes calls, follows the registry, and swaps in one assignment.</summary>
internal sealed class ChampionHost(IModelRegistry registry, OneStore store, TimeProvider time)
    : BackgroundService, IChampions, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly ChampionModel Prior = new(new BuyTillYouDieModel(PriorModel.Version), 0);
    private ImmutableDictionary<StoreId, ChampionModel> _models = ImmutableDictionary<StoreId, ChampionModel>.Empty;

    public ChampionModel Find(StoreId store) => _models.GetValueOrDefault(store, Prior);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(ChampionHost), ServiceLifecycleStage.ApplicationServices, RefreshAsync);

    /// <summary>Looks for a new champion now.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        var id = store.Settings.Id;
        if (await registry.FindChampionAsync(id, cancellation) is { } champion && champion.Generation != Find(id).Generation)
        {
            _models = _models.SetItem(id, new ChampionModel(new BuyTillYouDieModel(champion.Version), champion.Generation));
        }
    }

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
}
