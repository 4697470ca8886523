using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Server.Imports;
using ClvOrleans.Server.Sources;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.ImportFiles;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Tests.ImportJobs;

/// <summary>Silos that import, whose files a test can hold.</summary>
public sealed class ImportCluster : StoreCluster
{
    private HeldFiles? _files;

    internal HeldFiles Files => _files!;

    protected override void Configure(IServiceCollection services) => services.AddSingleton<IJobWork>(silo =>
    {
        var files = LazyInitializer.EnsureInitialized(
            ref _files, () => new HeldFiles(silo.GetRequiredService<IImportFiles>()) { Chunk = 1 });
        var store = new OneStore(AnyStore.SettingsOf(AnyStore.WithChampions), new Dictionary<string, string>(), []);
        var sources = new SourceLedger(store, silo.GetRequiredService<ISourceCounts>(), TimeProvider.System);
        var route = new ImportRoute(silo.GetRequiredService<EventRouter>(), sources, TimeProvider.System); // Its waits end.
        return new ImportWork(_ => route, silo.GetRequiredService<IStores>(), files, silo.GetRequiredService<IErasures>(),
            TimeProvider.System);
    });
}
