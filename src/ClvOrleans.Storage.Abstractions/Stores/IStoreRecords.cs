using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Stamps;

namespace ClvOrleans.Storage.Stores;

/// <summary>The stores of an installation: every version of each, the same for all silos.</summary>
public interface IStoreRecords
{
    /// <summary>The newest version of every store, and the revision of all of them.</summary>
    Task<StoreBook> ReadAsync(CancellationToken cancellation = default);

    /// <summary>Every version that a store had, the newest first.</summary>
    Task<IReadOnlyList<StoreRecord>> HistoryAsync(StoreId store, CancellationToken cancellation = default);

    /// <summary>
    /// Keeps a new version of a store, or a new store, where nothing was changed since <paramref name="expected"/>; what the journal knows
    /// of its settings changes in the same transaction (<see cref="IStoreStamps.WriteAsync"/>).
    /// </summary>
    /// <param name="record">The version; its own number is given here.</param>
    /// <param name="stamp">What its settings leave in the journal.</param>
    /// <param name="expected">The revision that whoever changes it has read.</param>
    /// <param name="cancellation">Gives up before anything is written.</param>
    Task<StoreChange> TryPutAsync(
        StoreRecord record, StoreStamp stamp, long expected, CancellationToken cancellation = default);
}
