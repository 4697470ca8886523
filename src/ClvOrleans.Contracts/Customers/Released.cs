using System.Collections.Immutable;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Contracts.Customers;

/// <summary>The events that an identity releases to be merged into another.</summary>
/// <param name="Events">Its events.</param>
/// <param name="Sequence">Its last sequence: the merge is fenced off if the journal has moved on.</param>
/// <param name="HasMoved">Whether it was merged already and releases nothing.</param>
[Immutable, GenerateSerializer, Alias("clv.surrendered")]
public sealed record Released(
    [property: Id(0)] ImmutableArray<CustomerEvent> Events, [property: Id(1)] long Sequence, [property: Id(2)] bool HasMoved = false);
