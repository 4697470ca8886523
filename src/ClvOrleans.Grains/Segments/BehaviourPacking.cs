using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace ClvOrleans.Grains.Segments;

/// <summary>
/// Packs the behaviour that a store keeps no longer whole: of a seventh of its shards a day, since nothing but a look tells which customers
/// have some. Again, or from the start after an end in the middle, it does what is left.
/// </summary>
internal sealed partial class BehaviourPacking(
    IEventPacks packs, IStores stores, ClvTelemetry telemetry, ILogger<BehaviourPacking> logger)
{
    /// <summary>In how many days all shards are looked at.</summary>
    public const int Days = 7;

    /// <summary>Packs what is old at a time in the shards of that day.</summary>
    /// <exception cref="StorageUnavailableException">Storage failed; what was packed is.</exception>
    /// <exception cref="JournalFullException">Too much waits; what was packed is.</exception>
    public async Task PackAsync(StoreId store, DateTimeOffset now, CancellationToken cancellation)
    {
        var settings = stores.Find(store);
        if (settings.KeptSince(Retained.Behaviour, now) is not { } before)
        {
            return;
        }

        var (day, left) = (DateOnly.FromDateTime(now.UtcDateTime).DayNumber, 0);
        for (var shard = day % Days; shard < settings.Shards.Value; shard += Days)
        {
            for (long? after = 0; after is { } place;)
            {
                var found = await packs.FindAsync(store, shard, place, before, cancellation);
                foreach (var customer in found.Customers)
                {
                    left += await TryPackAsync(customer, before, settings, cancellation) ? 0 : 1;
                }

                after = found.Next;
            }
        }

        if (left > 0)
        {
            LogLeft(left, store);
        }
    }

    // An event that cannot be read is no reason to leave those of all others.
    private async Task<bool> TryPackAsync(
        CustomerId customer, DateTimeOffset before, StoreSettings settings, CancellationToken cancellation)
    {
        try
        {
            int? packed;
            do
            {
                packed = await packs.PackAsync(customer, before, (whole, reduced) => IsSame(whole, reduced, settings), cancellation);
                telemetry.AddPacked(packed ?? 0);
            }
            while (packed == OldBehaviour.MostEvents);
            return packed is not null;
        }
        catch (Exception e) when (e is not (OperationCanceledException or StorageUnavailableException or JournalFullException))
        {
            LogUnreadable(e, customer.Store);
            return false;
        }
    }

    // Both folds depend on the set of events only, so that what is the same of some is the same with any others.
    private static bool IsSame(IReadOnlyList<CustomerEvent> whole, IReadOnlyList<CustomerEvent> reduced, StoreSettings store)
    {
        var (one, other) = (Fold(whole), Fold(reduced));
        return one.State.AsSpan().SequenceEqual(other.State) && one.Baskets.AsSpan().SequenceEqual(other.Baskets)
            && one.Recent.AsSpan().SequenceEqual(other.Recent);

        (byte[] State, byte[] Baskets, byte[] Recent) Fold(IReadOnlyList<CustomerEvent> events)
        {
            var (state, baskets) = (new CustomerState(), new CustomerBaskets());
            foreach (var e in events)
            {
                baskets.Apply(e, state, store);
            }

            return (state.ToBytes(), BasketFormat.Write(baskets.History), RecentFormat.Write(baskets.Recent));
        }
    }

    [LoggerMessage(4008, LogLevel.Warning, "{Customers} customers of store {Store} keep old events that could not be packed.")]
    private partial void LogLeft(int customers, StoreId store);

    [LoggerMessage(4009, LogLevel.Warning, "Old events of a customer of store {Store} cannot be read.")]
    private partial void LogUnreadable(Exception error, StoreId store);
}
