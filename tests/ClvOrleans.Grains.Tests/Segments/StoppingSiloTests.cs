using ClvOrleans.Contracts;
using ClvOrleans.Grains.Segments;
using ClvOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>An operator who stops a silo reads no warning of what its end interrupts.</summary>
public sealed class StoppingSiloTests
{
    [Fact]
    public async Task What_a_round_loses_because_its_silo_stops_is_no_warning_and_what_fails_otherwise_is()
    {
        var cluster = new LoggedCluster();
        await cluster.InitializeAsync();
        var (refresh, asked) = (cluster.Grains.GetRefresh(cluster.NewStore()), false);
        cluster.Faults.Next("ICustomerRows.ChangesAsync", 1, new Fault(FaultKind.Fail));
        await refresh.WatchAsync();
        while (cluster.Log.Lines.IsEmpty)
        {
            await Task.Yield();
        }

        cluster.Faults.Always("ICustomerRows.ChangesAsync", new Fault(FaultKind.Fail, _ =>
        {
            Volatile.Write(ref asked, true);
            foreach (var silo in Enumerable.Range(0, cluster.Silos.Count))
            {
                cluster.Service<IHostApplicationLifetime>(silo).StopApplication();
            }

            return new SiloUnavailableException("The silo stops.");
        }));
        while (!Volatile.Read(ref asked))
        {
            await refresh.WatchAsync(); // Once the round before has ended it begins one.
        }

        await cluster.DisposeAsync(); // The round has ended then.
        var (level, line, error) = Assert.Single(cluster.Log.Lines);
        Assert.Equal((LogLevel.Warning, typeof(IOException)), (level, error?.GetType()));
        Assert.Contains("was not renewed", line, StringComparison.Ordinal);
    }

    private sealed class LoggedCluster : StoreCluster
    {
        public HeldLog<RefreshGrain> Log { get; } = new();

        protected override void Configure(IServiceCollection services) => services.AddSingleton<ILogger<RefreshGrain>>(Log);
    }
}
