using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Customers;

/// <summary>Whether a delivery may go.</summary>
/// <param name="Status">Whether it may.</param>
/// <param name="Reason">When it must not: why, in a word.</param>
/// <param name="MovedTo">When moved: who the customer has become.</param>
/// <param name="Address">When it may: the customer's e-mail address; null where none is known.</param>
/// <param name="Name">When it may: the customer's name; null where none is known.</param>
[Immutable, GenerateSerializer, Alias("clv.handedover")]
public sealed record HandOverReply(
    [property: Id(0)] HandOverStatus Status,
    [property: Id(1)] string? Reason = null,
    [property: Id(2)] CustomerId? MovedTo = null,
    [property: Id(3)] string? Address = null,
    [property: Id(4)] string? Name = null);
