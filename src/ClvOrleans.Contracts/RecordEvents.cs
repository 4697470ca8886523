using System.Collections.Immutable;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Contracts;

/// <summary>Events of one customer, and the orders among them that the directory gave to this customer.</summary>
[Immutable, GenerateSerializer, Alias("clv.record")]
public sealed record RecordEvents([property: Id(0)] ImmutableArray<CustomerEvent> Events, [property: Id(1)] ImmutableArray<string> Claims);
