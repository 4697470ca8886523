using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Policies;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Policies;

/// <summary>What the policies of stores look at, as watches; also those that do not act now.</summary>
internal sealed class PolicyWatches(PolicyCache policies) : IWatchSource
{
    /// <inheritdoc />
    public WatchKind Kind => WatchKind.Policy;

    /// <inheritdoc />
    public async Task<WatchDefinitions> ReadAsync(StoreSettings store)
    {
        var all = await policies.ReadAsync(store);
        return new WatchDefinitions(
            all.Revision, () => all.All.Values.Select(p => p.Watch).OfType<Watch>());
    }
}
