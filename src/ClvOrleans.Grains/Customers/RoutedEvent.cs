using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Grains.Customers;

/// <summary>An event with the identities that it names.</summary>
/// <param name="Subject">Whose event it is.</param>
/// <param name="Event">The event.</param>
/// <param name="Visitor">The anonymous id that came along: it becomes the subject.</param>
/// <param name="Previous">The former id of an alias: it becomes the subject.</param>
public sealed record RoutedEvent(CustomerId Subject, CustomerEvent Event, CustomerId? Visitor = null, string? Previous = null);
