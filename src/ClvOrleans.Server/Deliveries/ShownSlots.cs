using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Policies;

namespace ClvOrleans.Server.Deliveries;

/// <summary>What decisions have put into slots, as a customer is shown it now.</summary>
internal sealed class ShownSlots(OneStore store, IJournal journal, IDeliveries deliveries, IPolicies policies, TimeProvider time)
{
    // More than a customer has of slots that have not expired.
    private const int MostPlaced = 1_000;

    /// <summary>The latest of each slot that has not expired, by name; none without consent.</summary>
    public async Task<IReadOnlyList<SlotReply>> OfAsync(CustomerId customer, ImmutableSortedDictionary<string, Consent> consents)
    {
        var (now, identities) = (time.GetUtcNow(), await journal.FindIdentitiesAsync(customer));
        var placed = await deliveries.ListAsync(
            new DeliveryQuery(store.Settings.Id, DeliveryState.Sent, ActionChannel.Slot, Customers: [customer, .. identities]),
            long.MaxValue, MostPlaced);
        if (placed.Count == 0)
        {
            return [];
        }

        var book = await policies.ReadAsync(store.Settings.Id);
        return
        [
            .. placed.Select(d => d.Delivery)
                .Where(d => !(d.ExpiresAt <= now) && IsShown(d, book))
                .Where(d => d.IsTransactional || consents.Allow(ActionChannel.Slot.Name(), d.Topic))
                .DistinctBy(d => d.Topic, StringComparer.Ordinal)
                .OrderBy(d => d.Topic, StringComparer.Ordinal)
                .Select(d => new SlotReply(d.Topic, d.Id.Value, d.Decision?.Value, d.ExpiresAt, d.Payload)),
        ];
    }

    // What is fetched leaves now: nothing while the kill switch is on, and nothing of a policy that was stopped or removed.
    private static bool IsShown(Delivery delivery, PolicyBook book) => delivery.Policy is not { } policy
        || (!book.Terms.IsStopped && book.All.Any(p => p.Id == policy && p.Mode != PolicyMode.Stopped));
}
