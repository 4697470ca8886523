using System.Collections.Immutable;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Contracts.Customers;

/// <summary>All that an identity gives to another.</summary>
/// <param name="Events">Its events.</param>
/// <param name="Sequence">Its last sequence: the absorption is fenced off if it has moved on.</param>
/// <param name="HasMoved">Whether it has become somebody already, and gives nothing.</param>
[Immutable, GenerateSerializer, Alias("clv.surrendered")]
public sealed record Released(
    [property: Id(0)] ImmutableArray<CustomerEvent> Events, [property: Id(1)] long Sequence, [property: Id(2)] bool HasMoved = false);
