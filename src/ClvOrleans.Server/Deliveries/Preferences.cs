using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Policies;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Journal;

namespace ClvOrleans.Server.Deliveries;

/// <summary>
/// What somebody who has followed a link of an e-mail may see and change: the channel's topics, and whether they want them.
/// </summary>
internal sealed class Preferences(IGrainFactory grains, EventRouter router, IDeliveries deliveries, IJournal journal, TimeProvider time)
{
    /// <summary>The source of the events that record it.</summary>
    public const string Source = "clv-preferences";

    private const int LatestDeliveries = 200;

    /// <summary>The purposes that are offered, by name, with whether marketing of each may be sent now.</summary>
    public async Task<ImmutableSortedDictionary<string, bool>> ReadAsync(LinkToken link)
    {
        var (customer, consents) = await FindAsync(link.Customer);
        var identities = await journal.FindIdentitiesAsync(customer);
        var sent = await deliveries.ListAsync(
            new DeliveryQuery(customer.Store, Channel: Enum.GetValues<ActionChannel>().FirstOrDefault(c => c.Name() == link.Channel),
                Customers: [customer, .. identities]), long.MaxValue, LatestDeliveries);
        var topics = sent.Where(d => d.Delivery.Subscription is null).Select(d => Consents.Of(link.Channel, d.Delivery.Topic))
            .Append(Consents.Of(link.Channel, link.Topic))
            .Concat(consents.Keys.Where(p => p.StartsWith(link.Channel + '/', StringComparison.Ordinal)))
            .Where(Consents.IsPurpose).ToHashSet(StringComparer.Ordinal);
        return topics
            .ToImmutableSortedDictionary(p => p, p => consents.Allow(link.Channel, p[(link.Channel.Length + 1)..]), StringComparer.Ordinal)
            .Add(link.Channel, consents.Allow(link.Channel));
    }

    /// <summary>Records what they want; durable on return.</summary>
    public Task ChooseAsync(LinkToken link, ImmutableSortedDictionary<string, bool> wanted) =>
        RecordAsync(link, EventKind.ConsentChanged, wanted, null);

    /// <summary>Unsubscribes from the topic of the e-mail, or from the channel where it has none; durable on return.</summary>
    public Task UnsubscribeAsync(LinkToken link)
    {
        var topic = Consents.Of(link.Channel, link.Topic);
        return RecordAsync(
            link, EventKind.Unsubscribed,
            ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal)
                .Add(Consents.IsPurpose(topic) ? topic : link.Channel, false),
            new MessageFacts(link.Channel, link.DeliveryId));
    }

    private async Task RecordAsync(
        LinkToken link, EventKind kind, ImmutableSortedDictionary<string, bool> consents, MessageFacts? message)
    {
        var now = time.GetUtcNow();
        var outcome = (await router.RecordAsync(
        [
            new RoutedEvent(link.Customer, new CustomerEvent
            {
                MessageId = $"{kind}-{Guid.CreateVersion7(now)}",
                Source = Source,
                Kind = kind,
                At = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
                Consents = consents,
                Message = message,
            }),
        ]))[0];
        if (outcome.Kind is not (OutcomeKind.Recorded or OutcomeKind.Duplicate))
        {
            throw new TimeoutException($"The choice could not be recorded: {outcome.Message}");
        }
    }

    private async Task<(CustomerId Customer, ImmutableSortedDictionary<string, Consent> Consents)> FindAsync(CustomerId customer)
    {
        var view = await grains.GetCustomer(customer).ViewAsync(null);
        while (view.MovedTo is { } next)
        {
            (customer, view) = (next, await grains.GetCustomer(next).ViewAsync(null));
        }

        return (customer, view.Summary.Consents);
    }
}
