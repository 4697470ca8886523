using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Customers;

/// <summary>What became of a customer's events.</summary>
/// <param name="Status">Whether they are durable.</param>
/// <param name="Known">When done: whether each event, or its order, was known already.</param>
/// <param name="MovedTo">When moved: who the customer has become.</param>
/// <param name="Taken">When orders are taken: their owners.</param>
[Immutable, GenerateSerializer, Alias("clv.recorded")]
public sealed record RecordReply(
    [property: Id(0)] CommitStatus Status,
    [property: Id(1)] ImmutableArray<bool> Known,
    [property: Id(2)] CustomerId? MovedTo = null,
    [property: Id(3)] ImmutableDictionary<string, CustomerId>? Taken = null);
