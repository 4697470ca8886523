using System.Collections.Immutable;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Contracts.Customers;

/// <summary>Events of one customer, to be recorded.</summary>
[Immutable, GenerateSerializer, Alias("clv.record")]
public sealed record RecordEvents([property: Id(0)] ImmutableArray<CustomerEvent> Events);
