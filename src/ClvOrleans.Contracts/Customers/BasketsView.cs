using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Customers;

/// <summary>
/// The live state of recommendations of a customer. <see cref="Revision"/> is the number of their events, 0 where nothing is known; the
/// rest are the bytes of <c>BasketFormat</c> and <c>RecentFormat</c>.
/// </summary>
[Immutable, GenerateSerializer, Alias("clv.baskets")]
public sealed record BasketsView(
    [property: Id(0)] long Revision, [property: Id(1)] byte[] Baskets, [property: Id(2)] byte[] Recent,
    [property: Id(3)] CustomerId? MovedTo = null);
