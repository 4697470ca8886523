using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace ClvOrleans.Grains.Tests;

/// <summary>What the silos of a test share.</summary>
/// <param name="Store">The open store.</param>
/// <param name="AddPorts">Adds its ports to the services of a silo.</param>
/// <param name="AddSnapshots">Adds the storage of snapshots to a silo.</param>
internal sealed record ClusterStorage(IAsyncDisposable Store, Action<IServiceCollection> AddPorts, Action<ISiloBuilder> AddSnapshots);
