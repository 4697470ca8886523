using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Histories;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>A small made-up shop, and the published files as histories.</summary>
internal sealed class Shop
{
    private readonly List<(CustomerId, CustomerEvent)> _events = [];

    public static StoreSettings Settings => Data.Context.Store;

    public static DateOnly Day(int day) => new DateOnly(2024, 1, 1).AddDays(day);

    public Shop Order(string customer, int day, long minor, string? id = null) =>
        Add(customer, day, EventKind.OrderCompleted, new OrderFacts(id ?? $"{customer}:{day}:{_events.Count}", new Money(minor)));

    public Shop Cancel(string customer, int day, string order) => Add(customer, day, EventKind.OrderCancelled, new OrderFacts(order));

    public Shop Credit(string customer, int day, long minor) =>
        Add(customer, day, EventKind.OrderRefunded, null, new RefundFacts(null, new Money(minor)));

    public Shop View(string customer, int day) => Add(customer, day, EventKind.ProductViewed, null);

    public Shop Message(string customer, int day, EventKind kind) => Add(customer, day, kind, null, message: new MessageFacts("email"));

    /// <summary>The history up to a day.</summary>
    public StoreHistory Until(int day, MarketCalendar? market = null) => StoreHistory.Of(_events, Settings, Day(day), market);

    /// <summary>Customers of different pace, a third of whom stop; no randomness, and nothing but orders.</summary>
    public static Shop Made(int customers, long? minor = null)
    {
        var shop = new Shop();
        for (var i = 0; i < customers; i++)
        {
            for (var day = i % 60; day < (i % 3 == 0 ? 120 : 400); day += 9 + (i * 29 % 151))
            {
                shop.Order($"c{i:000}", day, minor ?? (800 + (((i * 53) + day) % 1_500)));
            }
        }

        return shop;
    }

    /// <summary>The CDNOW 1/10 sample up to the end of its 78 weeks.</summary>
    public static StoreHistory CdnowSample() => StoreHistory.Of(
        Data.ReadFile("cdnow", Data.Path("cdnow", "CDNOW_sample.txt")).Select(r => (r.Customer, r.Event!)), Settings,
        new DateOnly(1998, 6, 30));

    private Shop Add(
        string customer, int day, EventKind kind, OrderFacts? order, RefundFacts? refund = null, MessageFacts? message = null)
    {
        _events.Add((CustomerId.OfUser(Settings.Id, customer), new CustomerEvent
        {
            MessageId = $"{_events.Count}",
            Source = "test",
            Kind = kind,
            At = new DateTimeOffset(Day(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
            Order = order,
            Refund = refund,
            Message = message,
        }));
        return this;
    }
}
