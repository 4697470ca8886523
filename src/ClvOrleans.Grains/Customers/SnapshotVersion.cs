using Orleans.Storage;

namespace ClvOrleans.Grains.Customers;

/// <summary>Which version of a snapshot is stored: all that its grain keeps of what it has read or written.</summary>
/// <param name="ETag">What the storage calls it.</param>
/// <param name="IsStored">Whether there is one.</param>
internal readonly record struct SnapshotVersion(string? ETag, bool IsStored)
{
    /// <summary>The version of what was read or written; null where that failed.</summary>
    public static SnapshotVersion? Of(GrainState<CustomerSnapshot>? stored) =>
        stored is null ? null : new SnapshotVersion(stored.ETag, stored.RecordExists);
}
