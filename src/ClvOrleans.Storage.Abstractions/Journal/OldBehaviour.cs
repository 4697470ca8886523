using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Storage.Journal;

/// <summary>Some of the customers of a shard who have old behaviour.</summary>
/// <param name="Customers">The customers.</param>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record OldBehaviour(ImmutableArray<CustomerId> Customers, long? Next)
{
    /// <summary>How many events are packed in one transaction.</summary>
    public const int MostEvents = 1_000;

    /// <summary>How many customers are looked at for one answer.</summary>
    public const int MostCustomers = 256;
}
