using System.Collections.Immutable;
using ClvOrleans.Model.Customers;

namespace ClvOrleans.Contracts;

/// <summary>Whether each event was known already; or where the customer has moved, in which case nothing was recorded.</summary>
[Immutable, GenerateSerializer, Alias("clv.recorded")]
public sealed record RecordReply([property: Id(0)] ImmutableArray<bool> Known, [property: Id(1)] CustomerId? MovedTo);
