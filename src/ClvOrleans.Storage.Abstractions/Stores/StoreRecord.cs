using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Stores;

/// <summary>A version of a store. Versions are added and never changed.</summary>
public sealed record StoreRecord
{
    /// <summary>The store.</summary>
    public required StoreId Store { get; init; }

    /// <summary>The number of the version, from 1 on for each store.</summary>
    public long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>By whom or what it was made.</summary>
    public required string By { get; init; }

    /// <summary>When the store's first version was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The revision that made it: of all stores, the first of the installation has the least.</summary>
    public long CreatedIn { get; init; }

    /// <summary>Settings, write keys and sources, as <c>store.json</c> has them.</summary>
    public required string Definition { get; init; }

    /// <summary>
    /// The pseudonyms of the store, whose key is kept beside its versions; null where it has none. The first that is kept stays.
    /// </summary>
    public Pseudonyms? Pseudonyms { get; init; }

    /// <summary>
    /// How many shards the store has, which is kept beside its versions: that of the first stays. Default 64.
    /// </summary>
    public ShardCount Shards { get; init; }

    /// <summary>The version of a store that is kept nowhere.</summary>
    public static StoreRecord Of(StoreId store) => new() { Store = store, At = default, By = "", Definition = "{}" };

    /// <summary>Whether it is closed.</summary>
    public bool IsClosed { get; init; }
}
