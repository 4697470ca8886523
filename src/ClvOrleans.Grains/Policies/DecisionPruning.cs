using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Policies;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Policies;

/// <summary>Removes old decisions that nothing rests on.</summary>
internal sealed class DecisionPruning(IDecisions decisions, IStores stores, IOptions<PolicyOptions> options) : IPruning
{
    public Task PruneAsync(StoreId store, DateTimeOffset now) =>
        decisions.PruneAsync(store, stores.Find(store).KeptSince(Retained.Decisions, now, options.Value.KeepDays));
}
