using System.Collections.Immutable;
using ClvOrleans.Domain.Market;

namespace ClvOrleans.Contracts.Market;

/// <summary>New or changed market entries.</summary>
[Immutable, GenerateSerializer, Alias("clv.putmarket")]
public sealed record PutMarket([property: Id(0)] ImmutableArray<MarketEntry> Entries);
