using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Segments;

/// <summary>What estimates and segments of a shard are made with.</summary>
/// <param name="Store">The store.</param>
/// <param name="Champion">Its champion.</param>
/// <param name="Market">Its market calendar.</param>
/// <param name="Watches">What is watched.</param>
internal sealed record ShardWork(StoreSettings Store, ChampionModel Champion, MarketCalendar Market, WatchList Watches);
