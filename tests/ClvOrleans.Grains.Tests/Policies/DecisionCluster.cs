using ClvOrleans.Storage.Policies;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Storage.Watches;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Tests.Policies;

/// <summary>Two silos whose storage of decisions can fail.</summary>
public class DecisionCluster : StoreCluster
{
    protected override void Configure(IServiceCollection services) => services
        .AddSingleton(s => Faults.Wrap<IDecisions>(ActivatorUtilities.CreateInstance<SqlDecisions>(s)))
        .AddSingleton(s => Faults.Wrap<ITransitions>(ActivatorUtilities.CreateInstance<SqlTransitions>(s)));
}
