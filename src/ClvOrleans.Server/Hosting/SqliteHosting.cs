using ClvOrleans.Storage;
using ClvOrleans.Storage.Sqlite;
using Orleans.Configuration;

namespace ClvOrleans.Server.Hosting;

/// <summary>The embedded store: one process that is silo, journal and HTTP service over one data folder.</summary>
internal static class SqliteHosting
{
    /// <exception cref="InvalidOperationException">The folder's files are not fit to be used; the message says why.</exception>
    public static void Add(ISiloBuilder silo, ProcessOptions options, SiloPorts ports, ICommitObserver observer)
    {
        var store = OpenStorage.Open(() => SqliteStore.Open(options.DataFolder, !options.Relaxed, observer));
        silo.Services.AddSingleton(_ => new OpenStorage(store, store.Notes));
        silo.Services.AddSqliteStorage(store);
        silo.UseLocalhostClustering(ports.Silo, ports.Gateway)
            .Configure<ClusterMembershipOptions>(o =>
            {
                // A cluster of one has nobody to bury: by a clock that is ahead, this silo would look long dead.
                o.SiloGenerationRetirementAge = null;
                o.EvictWhenMaxJoinAttemptTimeExceeded = false;
                o.DefunctSiloCleanupPeriod = null;
            })
            .AddAdoNetGrainStorageAsDefault(o =>
            {
                o.Invariant = "System.Data.SQLite";
                o.DataSource = store.Snapshots;
                o.DeleteStateOnClear = true;
            });
    }
}
