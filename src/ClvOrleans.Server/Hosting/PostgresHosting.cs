using System.Net;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Postgres;
using Orleans.Configuration;

namespace ClvOrleans.Server.Hosting;

/// <summary>A silo of a cluster over PostgreSQL, which also holds the cluster's members.</summary>
internal static class PostgresHosting
{
    private const string Invariant = "Npgsql";

    /// <exception cref="InvalidOperationException">The database cannot be used; the message says why.</exception>
    public static void Add(ISiloBuilder silo, ProcessOptions process, SiloPorts ports, ICommitObserver observer)
    {
        var (options, address) = (new PostgresOptions { ConnectionString = process.Postgres! }, process.SiloAddress ?? IPAddress.Loopback);
        var store = OpenStorage.Open(() => PostgresStore.OpenAsync(options, observer).GetAwaiter().GetResult());
        silo.Services.AddSingleton(_ => new OpenStorage(store, []));
        silo.Services.AddPostgresStorage(store);
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("clv", "clv"))
            .Configure<EndpointOptions>(o => (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (address, ports.Silo, ports.Gateway))
            .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Invariant, store.Database.ConnectionString))
            .Configure<ClusterMembershipOptions>(o =>
            {
                o.DefunctSiloExpiration = TimeSpan.FromHours(1); // Rows of silos that ended uncleanly would slow down every start.
                o.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
            })
            .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (Invariant, store.Database.ConnectionString))
            .AddAdoNetGrainStorageAsDefault(o =>
            {
                (o.Invariant, o.ConnectionString) = (Invariant, store.Database.ConnectionString);
                o.DeleteStateOnClear = true;
            });
    }
}
