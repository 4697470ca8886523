using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Tests.Doors;

/// <summary>A way by which an order comes in. A new one is a class of its own and a line in <see cref="SameVerdictTests"/>.</summary>
internal interface IDoor
{
    /// <summary>Its name, for the messages.</summary>
    string Name { get; }

    /// <summary>Why the door has no place for a value; null where it has.</summary>
    string? CannotCarry(OddValue value);

    /// <summary>What becomes of an order.</summary>
    /// <exception cref="RefusedException">It is refused.</exception>
    (CustomerId Customer, CustomerEvent Event, IReadOnlyList<EventNote> Notes) Judge(SentOrder order);
}
