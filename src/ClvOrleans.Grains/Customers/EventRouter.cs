using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Brings events to the customers they belong to: joins identities, finds the owners of orders, follows those who have moved.
/// When it returns, every event that was not refused is durable.
/// </summary>
public sealed class EventRouter(IGrainFactory grains)
{
    private const int CachedLinks = 200_000;
    private const int MostMoves = 8;
    private readonly ConcurrentDictionary<CustomerId, CustomerId> _links = new();

    /// <summary>Records events; the outcomes are in their order.</summary>
    public async Task<Outcome[]> RecordAsync(IReadOnlyList<RoutedEvent> events)
    {
        var outcomes = new Outcome[events.Count];
        var deliveries = new List<Delivery>();
        var orders = new List<int>();
        for (var i = 0; i < events.Count; i++)
        {
            if (await JoinAsync(events[i]) is { } refusal)
            {
                outcomes[i] = refusal;
            }
            else if (IsAboutOrder(events[i].Event))
            {
                orders.Add(i);
            }
            else
            {
                deliveries.Add(new Delivery(i, events[i].Subject, events[i].Event, null));
            }
        }

        var held = await RouteOrdersAsync(events, orders, deliveries, outcomes);
        await DeliverAsync(deliveries, outcomes);
        foreach (var orderId in held)
        {
            await grains.GetOrderDirectory(events[0].Subject.Store, orderId).ReleaseAsync(orderId);
        }

        return outcomes;
    }

    private static bool IsAboutOrder(CustomerEvent e) => e.OrderId is not null
        && e.Kind is (EventKind.OrderCompleted or EventKind.OrderUpdated or EventKind.OrderRefunded or EventKind.OrderCancelled);

    private async Task<Outcome?> JoinAsync(RoutedEvent routed)
    {
        var joined = true;
        if (routed.Visitor is { } visitor)
        {
            joined = await JoinAsync(visitor, routed.Subject);
        }

        if (routed.Previous is { } previous)
        {
            var store = routed.Subject.Store;
            joined &= await JoinAsync(CustomerId.OfVisitor(store, previous), routed.Subject);
            joined &= await JoinAsync(CustomerId.OfUser(store, previous), routed.Subject);
        }

        // Orders and behaviour of someone with too many identities still count; declaring one more identity does not.
        return !joined && routed.Event.Kind is (EventKind.Identified or EventKind.Aliased)
            ? new Outcome(OutcomeKind.Refused, "identity_limit", $"userId: more than {CustomerGrain.IdentityLimit} identities would become one customer.")
            : null;
    }

    private async Task<bool> JoinAsync(CustomerId from, CustomerId target)
    {
        if (from == target || (_links.TryGetValue(from, out var known) && known == target))
        {
            return true;
        }

        var joined = await grains.GetIdentity(from).JoinAsync(from, target);
        if (joined)
        {
            if (_links.Count > CachedLinks)
            {
                _links.Clear();
            }

            _links[from] = target;
        }

        return joined;
    }

    private async Task<List<string>> RouteOrdersAsync(
        IReadOnlyList<RoutedEvent> events, List<int> indexes, List<Delivery> deliveries, Outcome[] outcomes)
    {
        var held = new List<string>();
        foreach (var group in indexes.GroupBy(i => grains.GetOrderDirectory(events[i].Subject.Store, events[i].Event.OrderId!)))
        {
            var queries = group
                .Select(i => new OrderQuery(events[i].Event.OrderId!, events[i].Subject, events[i].Event.Kind == EventKind.OrderCompleted))
                .ToImmutableArray();
            var owners = await group.Key.ResolveAsync(queries);
            var position = 0;
            foreach (var i in group)
            {
                var (query, answer) = (queries[position], owners[position]);
                position++;
                var owner = answer.Owner ?? await group.Key.HoldAsync(query.OrderId, query.Sender, events[i].Event);
                if (owner is null)
                {
                    outcomes[i] = new Outcome(OutcomeKind.Recorded, "order_unknown", "order_id: the order is not known yet; the event waits for it.");
                    continue;
                }

                owner = query.Claims ? await SettleOwnerAsync(owner.Value, query.Sender) : owner;
                if (query.Claims && owner != query.Sender)
                {
                    outcomes[i] = new Outcome(
                        OutcomeKind.Duplicate, "order_of_another_customer", "order_id: another customer has placed this order; it counts once.");
                    continue;
                }

                deliveries.Add(new Delivery(i, owner.Value, events[i].Event, query.Claims ? query.OrderId : null));
                if (answer.Held.Length > 0)
                {
                    held.Add(query.OrderId);
                    deliveries.AddRange(answer.Held.Select(e => new Delivery(null, owner.Value, e, null)));
                }
            }
        }

        return held;
    }

    // The same order under a visitor and a customer shows that the one is the other. An owner may also have become the sender.
    private async Task<CustomerId> SettleOwnerAsync(CustomerId owner, CustomerId sender)
    {
        if (owner == sender)
        {
            return sender;
        }

        for (var moves = 0; moves < MostMoves; moves++)
        {
            if ((await grains.GetCustomer(owner).LookAsync(null)).MovedTo is not { } next)
            {
                break;
            }

            owner = next;
        }

        return owner.Kind == CustomerKind.Visitor && sender.Kind == CustomerKind.Customer && await JoinAsync(owner, sender) ? sender : owner;
    }

    private async Task DeliverAsync(List<Delivery> deliveries, Outcome[] outcomes)
    {
        for (var moves = 0; deliveries.Count > 0; moves++)
        {
            if (moves > MostMoves)
            {
                throw new InvalidOperationException("A customer's identities point in a circle.");
            }

            var rounds = await Task.WhenAll(deliveries.GroupBy(d => d.Customer).Select(g => DeliverAsync(g.Key, [.. g], outcomes)));
            deliveries = [.. rounds.SelectMany(r => r)];
        }
    }

    private async Task<IEnumerable<Delivery>> DeliverAsync(CustomerId customer, Delivery[] deliveries, Outcome[] outcomes)
    {
        var claims = deliveries.Select(d => d.Claim).OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray();
        var reply = await grains.GetCustomer(customer).RecordAsync(new RecordEvents([.. deliveries.Select(d => d.Event)], claims));
        if (reply.MovedTo is { } moved)
        {
            return deliveries.Select(d => d with { Customer = moved });
        }

        for (var i = 0; i < deliveries.Length; i++)
        {
            if (deliveries[i].Index is { } index)
            {
                outcomes[index] = new Outcome(reply.Known[i] ? OutcomeKind.Duplicate : OutcomeKind.Recorded);
            }
        }

        return [];
    }

    private sealed record Delivery(int? Index, CustomerId Customer, CustomerEvent Event, string? Claim);
}
