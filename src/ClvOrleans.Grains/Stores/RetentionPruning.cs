using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Experiments;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Grains.Stores;

/// <summary>Removes what a store says that it does not keep any longer, and would be kept for good where it says nothing.</summary>
internal sealed class RetentionPruning(IStores stores, IDeadLetters letters, IHeldEvents held, IExposures exposures) : IPruning
{
    public async Task PruneAsync(StoreId store, DateTimeOffset now)
    {
        var settings = stores.Find(store);
        if (settings.KeptSince(Retained.DeadLetters, now) is { } lettersSince)
        {
            await letters.PruneAsync(store, lettersSince);
        }

        if (settings.KeptSince(Retained.HeldEvents, now) is { } heldSince)
        {
            await held.PruneAsync(store, heldSince);
        }

        if (settings.KeptSince(Retained.Exposures, now) is { } exposedSince)
        {
            await exposures.PruneAsync(store, settings.DayOf(exposedSince));
        }
    }
}
