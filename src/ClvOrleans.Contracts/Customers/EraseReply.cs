using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Customers;

/// <summary>What became of an erasure.</summary>
/// <param name="Status">Done, moved or fenced.</param>
/// <param name="MovedTo">When moved: who the customer has become.</param>
/// <param name="Identities">When done: all identities that were one customer.</param>
/// <param name="Names">When done: the ids, orders, addresses and numbers that they were known by.</param>
/// <param name="Events">When done: how many events there were.</param>
[Immutable, GenerateSerializer, Alias("clv.erased")]
public sealed record EraseReply(
    [property: Id(0)] CommitStatus Status,
    [property: Id(1)] CustomerId? MovedTo,
    [property: Id(2)] ImmutableArray<CustomerId> Identities,
    [property: Id(3)] ImmutableArray<string> Names,
    [property: Id(4)] long Events);
