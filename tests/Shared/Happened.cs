using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using CsCheck;

namespace ClvOrleans.Tests;

/// <summary>Events of one customer of a store in UTC, by days from Monday 1 January 2024.</summary>
internal static class Happened
{
    public static readonly StoreSettings Store = new() { Id = new StoreId("shop") };
    public static readonly DateOnly Monday = new(2024, 1, 1);

    private static int _number;

    /// <summary>Visits and orders of about a year; each order once, none changed later.</summary>
    public static readonly Gen<CustomerEvent[]> History =
        (from kind in Gen.Enum<EventKind>().Where(
            k => k is not (EventKind.OrderRefunded or EventKind.OrderUpdated or EventKind.OrderCancelled or >= EventKind.ConsentChanged))
         from day in Gen.Int[0, 400]
         from hour in Gen.Int[0, 23]
         from minor in Gen.Long[0, 5_000]
         from duration in Gen.Long[0, 90_000]
         select (kind, day, hour, minor, duration)).Array[0, 80].Select(all => all.Select((e, i) => new CustomerEvent
         {
             MessageId = $"m{i}",
             Source = "web",
             Kind = e.kind,
             At = At(e.day, e.hour),
             Order = e.kind == EventKind.OrderCompleted ? new OrderFacts($"o{i}", new Money(e.minor)) : null,
             Duration = e.kind == EventKind.PageViewed ? e.duration : null,
             Products = [new ProductLine($"p{i % 5}", $"c{i % 3}", new Money(e.minor), i % 4)],
         }).ToArray());

    public static DateOnly Day(int day) => Monday.AddDays(day);

    public static CustomerEvent On(int day, EventKind kind, int hour = 12) => new()
    {
        MessageId = $"m{Interlocked.Increment(ref _number)}",
        Source = "web",
        Kind = kind,
        At = At(day, hour),
    };

    public static CustomerEvent Order(int day, string id, long minor, params ProductLine[] lines) =>
        On(day, EventKind.OrderCompleted) with { Order = new OrderFacts(id, new Money(minor)), Products = [.. lines] };

    public static CustomerSummary Summarise(params IEnumerable<CustomerEvent> events) =>
        CustomerSummary.Of(CustomerState.Fold(events, Store), Store);

    private static DateTimeOffset At(int day, int hour) => new(Day(day), new TimeOnly(hour, 0), TimeSpan.Zero);
}
