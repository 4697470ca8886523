using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Storage.Watches;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>Two silos whose storage of decisions can fail.</summary>
public sealed class DecisionCluster : StoreCluster
{
    protected override void Configure(IServiceCollection services) => services
        .AddSingleton(s => Faults.Wrap<IDecisions>(ActivatorUtilities.CreateInstance<SqliteDecisions>(s)))
        .AddSingleton(s => Faults.Wrap<ITransitions>(ActivatorUtilities.CreateInstance<SqliteTransitions>(s)));
}
