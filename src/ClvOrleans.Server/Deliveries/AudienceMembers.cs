using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Server.Deliveries;

/// <summary>
/// Who is in what policies have put them into: until it expires, and as long as they consent to it. Customers are those whom identities
/// have become since, each once.
/// </summary>
internal sealed class AudienceMembers(IDeliveries deliveries, ICustomerRows rows, IJournal journal, TimeProvider time)
{
    private const int Page = 1_000;

    /// <summary>The members of an audience, each with the delivery that holds them there, the latest first.</summary>
    public async IAsyncEnumerable<(CustomerId Customer, Delivery Delivery)> ReadAsync(StoreId store, string audience)
    {
        var (now, seen) = (time.GetUtcNow(), new HashSet<CustomerId>());
        var query = new DeliveryQuery(store, DeliveryState.Sent, ActionChannel.Audience, audience);
        for (var before = long.MaxValue; ;)
        {
            var page = await deliveries.ListAsync(query, before, Page);
            foreach (var delivery in page.Select(d => d.Delivery).Where(d => !(d.ExpiresAt <= now)))
            {
                var customer = (await journal.FindTipAsync(delivery.Customer)).MovedTo ?? delivery.Customer;
                if (seen.Add(customer) && await rows.FindAsync(customer) is { } row
                    && (delivery.IsTransactional || row.Summary.Consents.Allow(ActionChannel.Audience.Name(), audience)))
                {
                    yield return (customer, delivery);
                }
            }

            if (page.Count < Page)
            {
                yield break;
            }

            before = page[^1].Number;
        }
    }
}
