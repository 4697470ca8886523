using ClvOrleans.Model.Market;

namespace ClvOrleans.Contracts;

/// <summary>A market calendar.</summary>
[Immutable, GenerateSerializer, Alias("clv.market")]
public sealed record MarketReply([property: Id(0)] MarketCalendar Calendar);
