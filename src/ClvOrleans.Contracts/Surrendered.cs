using System.Collections.Immutable;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Contracts;

/// <summary>All events of an identity that ends, with its last sequence; or where it has moved already.</summary>
[Immutable, GenerateSerializer, Alias("clv.surrendered")]
public sealed record Surrendered(
    [property: Id(0)] ImmutableArray<CustomerEvent> Events, [property: Id(1)] long Sequence, [property: Id(2)] CustomerId? MovedTo);
