using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Stores;

namespace ClvOrleans.Grains.Tests;

/// <summary>
/// Every store id is a store, so that each test has one of its own; <c>shards-8-1</c> has 8 shards. Champions are looked for in one.
/// </summary>
internal sealed class AnyStore : IStores
{
    public static StoreId WithChampions { get; } = new("champions");

    public IReadOnlyCollection<StoreSettings> All { get; } = [SettingsOf(WithChampions)];

    public StoreSettings Find(StoreId store) => SettingsOf(store);

    /// <summary>A store that keeps what is no event for 30 days.</summary>
    public static StoreId Forgetful { get; } = new("forgetful");

    /// <summary>A store that tells lifecycles with little noise.</summary>
    public static StoreId Noisy { get; } = new("noisy");

    public static StoreSettings SettingsOf(StoreId store) => new()
    {
        Id = store,
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
        Shards = store.Value.Split('-') is ["shards", var shards, _] ? new ShardCount(int.Parse(shards, null)) : ShardCount.Default,
        KeepDays = store == Forgetful
            ? Enum.GetValues<Retained>().ToImmutableSortedDictionary(r => r, _ => 30)
            : ImmutableSortedDictionary<Retained, int>.Empty,
        Noise = store == Noisy ? new() { Epsilon = 10, Bound = 100, Tables = [ReleasedTable.Lifecycle] } : null,
    };
}
