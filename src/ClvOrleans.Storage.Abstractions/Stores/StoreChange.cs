namespace ClvOrleans.Storage.Stores;

/// <summary>What became of a change of a store.</summary>
public enum StoreChange
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>Others were first: read again.</summary>
    Outdated,

    /// <summary>It has events, and the change would give their amounts another currency or their days another time zone.</summary>
    HasEvents,

    /// <summary>It has people, or something was sent of some: they are kept under their ids, or under pseudonyms, as it was.</summary>
    HasPeople,

    /// <summary>It has another number of shards, by which its customers are kept.</summary>
    HasShards,
}
