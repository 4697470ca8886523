using System.Collections.Immutable;
using ClvOrleans.Model.Events;

namespace ClvOrleans.Contracts;

/// <summary>Events of one customer, to be recorded.</summary>
[Immutable, GenerateSerializer, Alias("clv.record")]
public sealed record RecordEvents([property: Id(0)] ImmutableArray<CustomerEvent> Events);
