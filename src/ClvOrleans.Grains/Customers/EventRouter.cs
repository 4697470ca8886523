using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Reviews;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Privacy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Customers;

/// <summary>
/// Brings events to the customers they belong to: joins identities, finds the owners of orders, follows those who have moved.
/// When it returns, every event that was neither refused nor failed is durable.
/// </summary>
public sealed class EventRouter(
    IGrainFactory grains, IJournal journal, IStores stores, IOptions<CustomerOptions> options, ReviewIntake reviews, IErasures erasures,
    ClvTelemetry telemetry, ILogger<EventRouter> logger)
{
    // Each round that fails means that a customer has moved or another writer was first.
    private const int MostRounds = 16;

    // More at once would wait in line for longer than a grain call may take, where their customers have to be read first.
    internal static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 256 };
    private readonly PseudonymIntake _pseudonyms = new(stores);
    private readonly ErasedEvents _erased = new(erasures);
    private readonly IdentityJoins _joins = new(grains, journal, options.Value.MostIdentities);

    /// <summary>
    /// Records events; the outcomes are in their order. What fails is the outcome of its own events: it does not keep others from being
    /// recorded.
    /// </summary>
    /// <exception cref="StorageUnavailableException">
    /// Not one of the events could be recorded, since the store's files cannot be used.
    /// </exception>
    public async Task<EventOutcome[]> RecordAsync(IReadOnlyList<RoutedEvent> events)
    {
        events = _pseudonyms.Read(events);
        if (await _erased.FindAsync(events, _joins.Forget) is not { } dropped)
        {
            return await RecordKeptAsync(events);
        }

        var outcomes = Array.ConvertAll(dropped, isDropped => isDropped ? EventOutcome.Erased : default);
        var kept = Enumerable.Range(0, events.Count).Where(i => !dropped[i]).ToArray();
        telemetry.AddEvents(EventOutcome.ErasedCode, events.Count - kept.Length);
        var recorded = kept.Length == 0 ? [] : await RecordKeptAsync([.. kept.Select(i => events[i])]);
        for (var i = 0; i < kept.Length; i++)
        {
            outcomes[kept[i]] = recorded[i];
        }

        return outcomes;
    }

    private async Task<EventOutcome[]> RecordKeptAsync(IReadOnlyList<RoutedEvent> events)
    {
        using var activity = telemetry.Activities.StartActivity(ClvTelemetry.Record)?.SetTag(ClvTelemetry.EventCount, events.Count);
        if (events.Any(e => !stores.IsOpen(e.Subject.Store)))
        {
            return [.. events.Select(e => new EventOutcome(
                OutcomeKind.Refused, "store_closed", $"The store '{e.Subject.Store}' is closed; it takes no events."))];
        }

        var verdicts = new Verdicts(events.Count);
        events = await _joins.UnifySpellingsAsync(events, verdicts);
        await _joins.JoinAsync(events, verdicts);
        var first = new Dictionary<(StoreId, string), CustomerId>();
        var deliveries = events
            .Select((e, i) => new AddressedEvent(i, e.Subject, reviews.Read(e.Subject.Store, e.Event)))
            .Where(d => verdicts[d.Index].Kind != OutcomeKind.Refused)
            .ToLookup(d => StageOf(d, first));
        await DeliverAsync(deliveries[Stage.First], verdicts);
        await DeliverAsync(deliveries[Stage.OrderOfAnother], verdicts);
        await DeliverAsync(await FindOwnersAsync([.. deliveries[Stage.Amendment]], verdicts), verdicts);
        return verdicts.Report(logger, telemetry);
    }

    // Of two customers with one order in a batch, the first has it: what a file says must not depend on who is quicker.
    private static Stage StageOf(AddressedEvent delivery, Dictionary<(StoreId, string), CustomerId> first)
    {
        if (delivery.Event.OrderId is not { } order)
        {
            return Stage.First;
        }

        if (delivery.Event.Kind is EventKind.OrderUpdated or EventKind.OrderRefunded or EventKind.OrderCancelled)
        {
            return Stage.Amendment;
        }

        var placed = (delivery.Customer.Store, order);
        return first.TryAdd(placed, delivery.Customer) || first[placed] == delivery.Customer ? Stage.First : Stage.OrderOfAnother;
    }

    // Refunds and updates are routed to the order's owner regardless of sender. If the order is unknown, they are held and
    // committed together with it.
    private async Task<IEnumerable<AddressedEvent>> FindOwnersAsync(AddressedEvent[] amendments, Verdicts verdicts)
    {
        var found = new ConcurrentBag<AddressedEvent>();
        await Parallel.ForEachAsync(amendments.GroupBy(a => (a.Customer.Store, a.Event.OrderId!)), AtOnce, async (order, _) =>
        {
            try
            {
                var owners = await journal.FindOwnersAsync(order.Key.Store, [order.Key.Item2], CancellationToken.None);
                CustomerId? owner = owners.TryGetValue(order.Key.Item2, out var placed) ? placed : null;
                foreach (var amendment in order)
                {
                    owner ??= await journal.HoldAsync(new HeldEvent(amendment.Customer, amendment.Event), CancellationToken.None);
                    if (owner is { } known)
                    {
                        found.Add(amendment with { Customer = known });
                    }
                    else
                    {
                        verdicts[amendment.Index] = new EventOutcome(
                            OutcomeKind.Recorded, "order_unknown",
                            "properties.order_id: the order is not known yet; the event waits for it.");
                    }
                }
            }
            catch (CustomerErasedException)
            {
                Drop(order, verdicts);
            }
            catch (Exception e)
            {
                verdicts.Fail(order.Select(a => a.Index), e);
            }
        });
        return found.OrderBy(d => d.Index);
    }

    private async Task DeliverAsync(IEnumerable<AddressedEvent> deliveries, Verdicts verdicts)
    {
        var left = deliveries.ToArray();
        for (var round = 0; left.Length > 0; round++)
        {
            if (round == MostRounds)
            {
                verdicts.Fail(left.Select(d => d.Index), new TimeoutException("Customers kept moving while their events were delivered."));
                return;
            }

            var again = new ConcurrentBag<AddressedEvent>();
            await Parallel.ForEachAsync(left.GroupBy(d => d.Customer), AtOnce, async (customer, _) =>
            {
                try
                {
                    foreach (var delivery in await DeliverAsync(customer.Key, [.. customer], verdicts))
                    {
                        again.Add(delivery);
                    }
                }
                catch (Exception e)
                {
                    verdicts.Fail(customer.Select(d => d.Index), e);
                }
            });
            left = [.. again.OrderBy(d => d.Index)];
        }
    }

    private async Task<IReadOnlyCollection<AddressedEvent>> DeliverAsync(
        CustomerId customer, AddressedEvent[] deliveries, Verdicts verdicts)
    {
        var reply = await grains.GetCustomer(customer).RecordAsync(new RecordEvents([.. deliveries.Select(d => d.Event)]));
        switch (reply.Status)
        {
            case CommitStatus.Done:
                for (var i = 0; i < deliveries.Length; i++)
                {
                    verdicts[deliveries[i].Index] = new EventOutcome(reply.Known[i] ? OutcomeKind.Duplicate : OutcomeKind.Recorded);
                }

                // Whoever sends an order again may do so since a join failed before it came to the rivals.
                if (deliveries.Where((d, i) => reply.Known[i] && d.Event.Kind == EventKind.OrderCompleted).Any())
                {
                    await _joins.JoinRivalsAsync(customer);
                }

                return [];
            case CommitStatus.Moved:
                return [.. deliveries.Select(d => d with { Customer = reply.MovedTo!.Value })];
            case CommitStatus.OrdersTaken:
                return await SettleAsync(customer, deliveries, reply.Taken!, verdicts);
            case CommitStatus.Full:
                throw new JournalFullException();
            case CommitStatus.Erased:
                return await DropErasedAsync(deliveries, verdicts);
            default:
                return deliveries;
        }
    }

    private async Task<List<AddressedEvent>> SettleAsync(
        CustomerId sender, AddressedEvent[] deliveries, ImmutableDictionary<string, CustomerId> taken, Verdicts verdicts)
    {
        var left = new List<AddressedEvent>();
        foreach (var delivery in deliveries)
        {
            if (delivery.Event.Kind != EventKind.OrderCompleted || !taken.TryGetValue(delivery.Event.OrderId!, out var owner))
            {
                left.Add(delivery);
                continue;
            }

            try
            {
                if (await IsSamePersonAsync(sender, owner))
                {
                    left.Add(delivery with { Customer = owner });
                }
                else if (await journal.ContestAsync(new ContestedCompletion(sender, delivery.Event), owner) is { } recorder)
                {
                    left.Add(delivery with { Customer = recorder });
                }
                else
                {
                    verdicts[delivery.Index] = new EventOutcome(
                        OutcomeKind.Duplicate, "order_of_another_customer",
                        "properties.order_id: another customer has placed this order; it counts once.");
                }
            }
            catch (CustomerErasedException)
            {
                Drop([delivery], verdicts);
            }
            catch (Exception e)
            {
                verdicts.Fail([delivery.Index], e);
            }
        }

        return left;
    }

    // They were erased while the events were under way; what has happened since counts.
    private async Task<IReadOnlyCollection<AddressedEvent>> DropErasedAsync(AddressedEvent[] deliveries, Verdicts verdicts)
    {
        var dropped = await _erased.FindAsync([.. deliveries.Select(d => new RoutedEvent(d.Customer, d.Event))], _joins.Forget);
        Drop(deliveries.Where((_, i) => dropped is null || dropped[i]), verdicts);
        return [.. deliveries.Where((_, i) => dropped is not null && !dropped[i])];
    }

    private static void Drop(IEnumerable<AddressedEvent> deliveries, Verdicts verdicts)
    {
        foreach (var delivery in deliveries)
        {
            verdicts[delivery.Index] = EventOutcome.Erased;
        }
    }

    // The same order under a visitor and a customer shows that the one is the other.
    private async Task<bool> IsSamePersonAsync(CustomerId sender, CustomerId owner) =>
        sender == owner || (IdentityJoins.VisitorOf(sender, owner) is { } pair && await _joins.JoinAsync(pair.Visitor, pair.Customer));

    private enum Stage
    {
        First,
        OrderOfAnother,
        Amendment,
    }
}
