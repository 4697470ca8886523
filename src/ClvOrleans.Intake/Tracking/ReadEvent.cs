using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tracking;

/// <summary>An event that can count, with the identities that it names.</summary>
/// <param name="Subject">Whose event it is.</param>
/// <param name="Event">The event.</param>
/// <param name="Visitor">The anonymous id that came along with a user id.</param>
/// <param name="Previous">The former id of an alias.</param>
/// <param name="Notes">What was read otherwise than it was sent.</param>
public sealed record ReadEvent(
    CustomerId Subject, CustomerEvent Event, CustomerId? Visitor, string? Previous, IReadOnlyList<EventNote> Notes);
