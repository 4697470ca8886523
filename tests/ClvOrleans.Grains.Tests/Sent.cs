using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Customers;

namespace ClvOrleans.Grains.Tests;

/// <summary>Events as the intake hands them to the router.</summary>
internal static class Sent
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 15, 0, 0, TimeSpan.Zero);

    public static RoutedEvent Page(CustomerId who, string message, int day = 0) => new(who, Event(message, EventKind.PageViewed, day));

    public static RoutedEvent Identify(CustomerId who, CustomerId visitor, string message) =>
        new(who, Event(message, EventKind.Identified, 0), visitor);

    public static RoutedEvent Alias(CustomerId who, string previous, string message) =>
        new(who, Event(message, EventKind.Aliased, 0), Previous: previous);

    public static RoutedEvent Order(CustomerId who, string order, long minor, int day = 0, string? message = null) =>
        new(who, Event(
            message ?? "order:" + order, EventKind.OrderCompleted, day) with
        { Order = new OrderFacts(order, new Money(minor)) });

    public static RoutedEvent Refund(CustomerId who, string order, long? minor, string message, int day = 0) => new(
        who, Event(message, EventKind.OrderRefunded, day) with { Refund = new RefundFacts(order, minor is { } m ? new Money(m) : null) });

    public static CustomerEvent Event(string message, EventKind kind, int day) =>
        new() { MessageId = message, Source = "web", Kind = kind, At = Start.AddDays(day) };
}
