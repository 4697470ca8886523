using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;
using ClvOrleans.Model.Journal;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Brings events to the customers they belong to: joins identities, finds the owners of orders, follows those who have moved.
/// When it returns, every event that was not refused is durable.
/// </summary>
public sealed class EventRouter(IGrainFactory grains, IJournal journal)
{
    // Each round that fails means that a customer has moved or another writer was first.
    private const int MostRounds = 16;

    // More at once would wait in line for longer than a grain call may take, where their customers have to be read first.
    internal static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 256 };
    private readonly IdentityJoins _joins = new(grains);

    /// <summary>Records events; the outcomes are in their order.</summary>
    /// <exception cref="JournalFullException">Some are durable and some are not: the sender should send all of them again in a moment.</exception>
    public async Task<Outcome[]> RecordAsync(IReadOnlyList<RoutedEvent> events)
    {
        var outcomes = new Outcome[events.Count];
        await _joins.JoinAsync(events, outcomes);
        var first = new Dictionary<string, CustomerId>(StringComparer.Ordinal);
        var deliveries = events
            .Select((e, i) => new Delivery(i, e.Subject, e.Event))
            .Where(d => outcomes[d.Index].Kind != OutcomeKind.Refused)
            .ToLookup(d => StageOf(d, first));
        await DeliverAsync(deliveries[Stage.First], outcomes);
        await DeliverAsync(deliveries[Stage.OrderOfAnother], outcomes);
        await DeliverAsync(await FindOwnersAsync([.. deliveries[Stage.Amendment]], outcomes), outcomes);
        return outcomes;
    }

    // Of two customers with one order in a batch, the first has it: what a file says must not depend on who is quicker.
    private static Stage StageOf(Delivery delivery, Dictionary<string, CustomerId> first)
    {
        if (delivery.Event.OrderId is not { } order)
        {
            return Stage.First;
        }

        if (delivery.Event.Kind is EventKind.OrderUpdated or EventKind.OrderRefunded or EventKind.OrderCancelled)
        {
            return Stage.Amendment;
        }

        return first.TryAdd(order, delivery.Customer) || first[order] == delivery.Customer ? Stage.First : Stage.OrderOfAnother;
    }

    // What changes an order goes to its owner, whoever sends it; or it waits for the order, and comes to the owner with it.
    private async Task<IEnumerable<Delivery>> FindOwnersAsync(Delivery[] amendments, Outcome[] outcomes)
    {
        var owners = new Dictionary<(StoreId, string), CustomerId>();
        foreach (var store in amendments.GroupBy(a => a.Customer.Store))
        {
            foreach (var (order, owner) in await journal.FindOwnersAsync(store.Key, [.. store.Select(a => a.Event.OrderId!).Distinct()]))
            {
                owners[(store.Key, order)] = owner;
            }
        }

        var found = await Task.WhenAll(amendments.Select(async amendment =>
        {
            if (!owners.TryGetValue((amendment.Customer.Store, amendment.Event.OrderId!), out var owner))
            {
                if (await journal.HoldAsync(new HeldEvent(amendment.Customer, amendment.Event)) is not { } placedMeanwhile)
                {
                    outcomes[amendment.Index] = new Outcome(
                        OutcomeKind.Recorded, "order_unknown", "properties.order_id: the order is not known yet; the event waits for it.");
                    return (Delivery?)null;
                }

                owner = placedMeanwhile;
            }

            return amendment with { Customer = owner };
        }));
        return found.OfType<Delivery>();
    }

    private async Task DeliverAsync(IEnumerable<Delivery> deliveries, Outcome[] outcomes)
    {
        var left = deliveries.ToArray();
        for (var round = 0; left.Length > 0; round++)
        {
            if (round == MostRounds)
            {
                throw new TimeoutException("Customers kept moving while their events were delivered.");
            }

            var again = new ConcurrentBag<Delivery>();
            await Parallel.ForEachAsync(left.GroupBy(d => d.Customer), AtOnce, async (customer, _) =>
            {
                foreach (var delivery in await DeliverAsync(customer.Key, [.. customer], outcomes))
                {
                    again.Add(delivery);
                }
            });
            left = [.. again.OrderBy(d => d.Index)];
        }
    }

    private async Task<IReadOnlyCollection<Delivery>> DeliverAsync(CustomerId customer, Delivery[] deliveries, Outcome[] outcomes)
    {
        var reply = await grains.GetCustomer(customer).RecordAsync([.. deliveries.Select(d => d.Event)]);
        switch (reply.Status)
        {
            case CommitStatus.Done:
                for (var i = 0; i < deliveries.Length; i++)
                {
                    outcomes[deliveries[i].Index] = new Outcome(reply.Known[i] ? OutcomeKind.Duplicate : OutcomeKind.Recorded);
                }

                return [];
            case CommitStatus.Moved:
                return [.. deliveries.Select(d => d with { Customer = reply.MovedTo!.Value })];
            case CommitStatus.OrdersTaken:
                return await SettleAsync(customer, deliveries, reply.Taken!, outcomes);
            case CommitStatus.Full:
                throw new JournalFullException();
            default:
                return deliveries;
        }
    }

    private async Task<List<Delivery>> SettleAsync(
        CustomerId sender, Delivery[] deliveries, ImmutableDictionary<string, CustomerId> taken, Outcome[] outcomes)
    {
        var left = new List<Delivery>();
        foreach (var delivery in deliveries)
        {
            if (delivery.Event.Kind != EventKind.OrderCompleted || !taken.TryGetValue(delivery.Event.OrderId!, out var owner))
            {
                left.Add(delivery);
            }
            else if (await IsSamePersonAsync(sender, owner))
            {
                left.Add(delivery with { Customer = owner });
            }
            else
            {
                outcomes[delivery.Index] = new Outcome(
                    OutcomeKind.Duplicate, "order_of_another_customer", "properties.order_id: another customer has placed this order; it counts once.");
            }
        }

        return left;
    }

    // The same order under a visitor and a customer shows that the one is the other.
    private async Task<bool> IsSamePersonAsync(CustomerId sender, CustomerId owner) => (sender.Kind, owner.Kind) switch
    {
        (CustomerKind.Customer, CustomerKind.Visitor) => await _joins.JoinAsync(owner, sender),
        (CustomerKind.Visitor, CustomerKind.Customer) => await _joins.JoinAsync(sender, owner),
        _ => sender == owner,
    };

    private enum Stage
    {
        First,
        OrderOfAnother,
        Amendment,
    }

    private readonly record struct Delivery(int Index, CustomerId Customer, CustomerEvent Event);
}
