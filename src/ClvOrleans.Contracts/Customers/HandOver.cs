using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Customers;

/// <summary>Asks a customer, in their turn, whether a delivery may go.</summary>
/// <param name="Customer">The customer for whom it was decided; the one who is asked, or whom they have become.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Topic">The topic on it.</param>
/// <param name="NeedsConsent">Whether it is marketing.</param>
/// <param name="NeedsAddress">Whether the channel sends to an e-mail address of the customer's.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="Condition">The rule that has to hold; null for none.</param>
/// <param name="Goal">The rule that must not hold; null for none.</param>
/// <param name="GoalAfter">Number of the event after which an order cancels it; null where none does.</param>
[Immutable, GenerateSerializer, Alias("clv.handover")]
public sealed record HandOver(
    [property: Id(0)] CustomerId Customer,
    [property: Id(1)] string Channel,
    [property: Id(2)] string? Topic,
    [property: Id(3)] bool NeedsConsent,
    [property: Id(4)] bool NeedsAddress,
    [property: Id(5)] DateTimeOffset DecidedAt,
    [property: Id(6)] string? Condition = null,
    [property: Id(7)] string? Goal = null,
    [property: Id(8)] long? GoalAfter = null);
