using System.Net;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Postgres;
using Orleans.Configuration;

namespace ClvOrleans.Server.Hosting;

/// <summary>A silo of a cluster over PostgreSQL, which also holds the cluster's members.</summary>
internal static class PostgresHosting
{
    private const string Invariant = "Npgsql";
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

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
                // A silo that does not answer is declared dead by two others when three of their probes were missed. No vote is cast while
                // it was heard within the longest probe times the probes that may be missed: by default within the last minute, which is
                // how long a frozen silo, whose connections stay open, would keep its customers.
                (o.ProbeTimeout, o.MaxProbeTimeout) = (Probe, Probe);
                o.TableRefreshTimeout = Look; // A silo that goes on after it was declared dead finds out by it, and ends.
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
