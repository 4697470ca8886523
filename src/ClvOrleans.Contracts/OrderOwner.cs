using System.Collections.Immutable;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Contracts;

/// <summary>Who owns the order; null while it is not placed. Events that waited for it come with the first claim.</summary>
[Immutable, GenerateSerializer, Alias("clv.orderowner")]
public sealed record OrderOwner([property: Id(0)] CustomerId? Owner, [property: Id(1)] ImmutableArray<CustomerEvent> Held);
