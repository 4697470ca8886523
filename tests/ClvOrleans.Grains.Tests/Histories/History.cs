using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;

namespace ClvOrleans.Grains.Tests.Histories;

/// <summary>
/// What happens to a small store, drawn from a seed: events of customers and their browsers, orders under two ids, amendments before their
/// orders, aliases in chains and circles; and how it is sent: shuffled, repeated, in batches of any size, some at once, with activations
/// ended in between.
/// </summary>
internal sealed class History
{
    // Customers are aliased within a family only. A browser belongs to one customer, and an order that browsers send to one customer too:
    // which of two people a shared browser becomes depends on who claims it first, by design.
    private static readonly string[][] Families = [["c0", "c1", "c2"], ["c3", "c4"]];
    private static readonly string[] Customers = [.. Families.SelectMany(f => f)];
    private readonly Random _random;
    private readonly string[] _busy;

    public History(int seed, StoreId store)
    {
        (Seed, Store, _random) = (seed, store, new Random(seed));
        _busy = [.. Families[0].Take(_random.Next(1, 4))];
        Events = [.. Enumerable.Range(0, _random.Next(4, 30)).Select(Draw)];
        RoutedEvent[] sent = [.. Events, .. Enumerable.Range(0, _random.Next(0, 12)).Select(_ => Events[_random.Next(Events.Count)])];
        _random.Shuffle(sent);
        var steps = new List<Step>();
        for (var at = 0; at < sent.Length;)
        {
            var size = _random.Next(1, 7);
            steps.Add(
                new Step([.. sent.Skip(at).Take(size)], _random.Next(2), _random.Next(4) == 0, _random.Next(3) == 0 ? Any(Ids) : null));
            at += size;
        }

        Steps = steps;
    }

    public int Seed { get; }

    public StoreId Store { get; }

    /// <summary>The set of events.</summary>
    public IReadOnlyList<RoutedEvent> Events { get; }

    /// <summary>How they are sent.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Everyone who can be in the store.</summary>
    public IEnumerable<CustomerId> Ids => Customers.SelectMany(c => (CustomerId[])[
        CustomerId.OfUser(Store, c), CustomerId.OfVisitor(Store, c), CustomerId.OfVisitor(Store, c + "a"),
        CustomerId.OfVisitor(Store, c + "b")]);

    private RoutedEvent Draw(int number)
    {
        var (message, day) = ($"m{number}", _random.Next(160));
        var family = _random.Next(4) == 0 ? Any(Families) : _busy;
        var customer = CustomerId.OfUser(Store, Any(family));
        var browser = CustomerId.OfVisitor(Store, customer.Id + Any(["a", "b"]));
        var minor = _random.Next(1, 5_000);
        var amount = new Money(minor);
        var own = $"own-{customer.Id}-{_random.Next(3) / 2}";
        var shared = $"shared-{_random.Next(3)}";
        var order = Any([own, shared, own, $"own-{Any(Customers)}-{_random.Next(2)}"]);
        RoutedEvent Of(CustomerId who, EventKind kind)
        {
            return new(who, Sent.Event(message, kind, day));
        }

        RoutedEvent OfOrder(CustomerId who, EventKind kind, string id, Money? value)
        {
            var e = Of(who, kind);
            return e with { Event = e.Event with { Order = new OrderFacts(id, value) } };
        }

        return _random.Next(14) switch
        {
            0 => Of(browser, EventKind.PageViewed),
            1 => Of(customer, EventKind.ProductViewed) with { Visitor = browser },
            2 or 3 => Of(customer, EventKind.Identified) with { Visitor = browser },
            4 => OfOrder(customer, EventKind.OrderCompleted, own, amount),
            5 or 6 => OfOrder(browser, EventKind.OrderCompleted, own, amount),
            7 or 8 => OfOrder(customer, EventKind.OrderCompleted, shared, amount),
            9 => Sent.Refund(customer, order, _random.Next(3) == 0 ? null : minor, message, day),
            10 => OfOrder(customer, EventKind.OrderUpdated, order, amount),
            11 => OfOrder(customer, EventKind.OrderCancelled, order, null),
            12 => Of(customer, EventKind.PageViewed),
            _ => Of(customer, EventKind.Aliased) with { Previous = Any(family) },
        };
    }

    private T Any<T>(IEnumerable<T> all)
    {
        var list = all.ToList();
        return list[_random.Next(list.Count)];
    }

    /// <summary>A batch.</summary>
    /// <param name="Events">Its events.</param>
    /// <param name="Silo">The silo that takes it.</param>
    /// <param name="WithNext">Whether the next one is sent at the same time.</param>
    /// <param name="Ended">Whose activation ends afterwards.</param>
    internal sealed record Step(RoutedEvent[] Events, int Silo, bool WithNext, CustomerId? Ended);
}
