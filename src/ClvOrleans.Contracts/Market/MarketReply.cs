using ClvOrleans.Domain.Market;

namespace ClvOrleans.Contracts.Market;

/// <summary>A market calendar.</summary>
[Immutable, GenerateSerializer, Alias("clv.market")]
public sealed record MarketReply([property: Id(0)] MarketCalendar Calendar);
