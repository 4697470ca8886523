using System.Collections.Immutable;
using ClvOrleans.Model.Market;

namespace ClvOrleans.Contracts;

/// <summary>New or changed market entries.</summary>
[Immutable, GenerateSerializer, Alias("clv.putmarket")]
public sealed record PutMarket([property: Id(0)] ImmutableArray<MarketEntry> Entries);
