using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Customers;

namespace ClvOrleans.Grains.Tests.Histories;

/// <summary>
/// What a set of events means, told without the code under test: who is one person, and which events are each person's. The one thing that
/// arrival may decide is which of several people who never turn out to be one has an order; that is given.
/// </summary>
internal sealed class HistoryOracle
{
    private readonly Dictionary<CustomerId, CustomerId> _parents = [];
    private readonly IReadOnlyList<RoutedEvent> _events;

    public HistoryOracle(IReadOnlyList<RoutedEvent> events)
    {
        _events = events;
        foreach (var e in events)
        {
            if (e.Visitor is { } visitor)
            {
                Join(visitor, e.Subject);
            }

            if (e.Previous is { } previous)
            {
                Join(CustomerId.OfVisitor(e.Subject.Store, previous), e.Subject);
                Join(CustomerId.OfUser(e.Subject.Store, previous), e.Subject);
            }
        }

        while (JoinByOrders())
        {
            // Each joining can show another.
        }
    }

    public IReadOnlyList<string> Orders => [.. _events.Select(e => e.Event.OrderId).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>A name for the person that an identity is of.</summary>
    public CustomerId PersonOf(CustomerId id)
    {
        while (_parents.TryGetValue(id, out var parent) && parent != id)
        {
            id = parent;
        }

        return id;
    }

    /// <summary>Who may have an order: those who have completed it.</summary>
    public IReadOnlySet<CustomerId> BuyersOf(string order) => Completions(order).Select(e => PersonOf(e.Subject)).ToHashSet();

    /// <summary>The events of a person, given who has the orders.</summary>
    public IEnumerable<CustomerEvent> EventsOf(CustomerId person, IReadOnlyDictionary<string, CustomerId> owners) => _events
        .Where(e => (e.Event.OrderId is not { } order || (owners.TryGetValue(order, out var owner) && PersonOf(owner) == person))
            && (IsAmendment(e) || PersonOf(e.Subject) == person))
        .Select(e => e.Event);

    /// <summary>The events that wait for an order.</summary>
    public IEnumerable<EventKey> WaitingFor(string order) => Completions(order).Any()
        ? []
        : _events.Where(e => e.Event.OrderId == order).Select(e => e.Event.Key);

    private static bool IsAmendment(RoutedEvent e) => e.Event.OrderId is not null && e.Event.Kind != EventKind.OrderCompleted;

    private IEnumerable<RoutedEvent> Completions(string order) =>
        _events.Where(e => e.Event.Kind == EventKind.OrderCompleted && e.Event.OrderId == order);

    // A browser and a customer who have completed the same order are one.
    private bool JoinByOrders()
    {
        var known = _events.SelectMany(
            e => (CustomerId?[])[e.Subject, e.Visitor, e.Previous is { } p ? CustomerId.OfUser(e.Subject.Store, p) : null])
            .OfType<CustomerId>().Where(id => id.Kind == CustomerKind.Customer).Select(PersonOf).ToHashSet();
        foreach (var order in Orders)
        {
            var buyers = BuyersOf(order);
            if (buyers.FirstOrDefault(known.Contains) is { Id: not null } customer
                && buyers.FirstOrDefault(b => !known.Contains(b)) is { Id: not null } browser)
            {
                Join(browser, customer);
                return true;
            }
        }

        return false;
    }

    private void Join(CustomerId one, CustomerId other) => _parents[PersonOf(one)] = PersonOf(other);
}
