namespace ClvOrleans.Contracts.Trainings;

/// <summary>What a customer's orders say last of a product; times in milliseconds since 1970, the price in minor units.</summary>
[Immutable, GenerateSerializer, Alias("clv.sold")]
public sealed record SoldProduct(
    [property: Id(0)] string Id, [property: Id(1)] string? Category, [property: Id(2)] long CategoryAt, [property: Id(3)] long? Price,
    [property: Id(4)] long PriceAt);
