using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;

namespace ClvOrleans.Contracts.Trainings;

/// <summary>What a customer bought, as the bytes of <c>BasketFormat</c>, and what the orders say of the products.</summary>
[Immutable, GenerateSerializer, Alias("clv.bought")]
public sealed record BasketsReply(
    [property: Id(0)] CustomerId Customer, [property: Id(1)] byte[] Baskets, [property: Id(2)] ImmutableArray<SoldProduct> Products);
