using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Storage.Deliveries;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>Removes old deliveries that have ended.</summary>
internal sealed class DeliveryPruning(IDeliveries deliveries, IStores stores, IOptions<DeliveryOptions> options) : IPruning
{
    public Task PruneAsync(StoreId store, DateTimeOffset now) =>
        deliveries.PruneAsync(store, stores.Find(store).KeptSince(Retained.Deliveries, now, options.Value.KeepDays));
}
