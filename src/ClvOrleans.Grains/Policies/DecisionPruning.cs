using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Policies;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Policies;

/// <summary>Removes old decisions that nothing rests on.</summary>
internal sealed class DecisionPruning(IDecisions decisions, IOptions<PolicyOptions> options) : IPruning
{
    public Task PruneAsync(StoreId store, DateTimeOffset now) => decisions.PruneAsync(store, now.AddDays(-options.Value.KeepDays));
}
