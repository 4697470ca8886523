using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Sql;

/// <summary>A database that the ports of this project are kept in. Each engine gives one.</summary>
public interface ISqlDatabase
{
    /// <summary>How many shards stores have, as far as it was read.</summary>
    SqlShards Shards { get; }

    /// <summary>The function of a FROM clause that gives the elements of a column of JSON arrays as <c>value</c>.</summary>
    string ElementsOf(string column);

    /// <summary>
    /// The next commit number of a shard. Taken as the last thing of a transaction, of several shards in ascending order, so that no two
    /// transactions wait for each other.
    /// </summary>
    ValueTask<long> TakeCommitAsync(ISqlSession session, StoreId store, int shard);

    /// <summary>
    /// Makes the disk forget what was deleted from tables, as far as the engine keeps it, while others read and write.
    /// </summary>
    /// <returns>False where somebody was reading for so long that it was given up; it may be asked for again.</returns>
    Task<bool> CompactAsync(IReadOnlyCollection<string> tables, CancellationToken cancellation = default);

    /// <summary>Removes all snapshots of grains, which are a cache: those of an older copy may be of somebody who was erased.</summary>
    Task ForgetSnapshotsAsync(CancellationToken cancellation = default);

    /// <summary>A session that sees what was committed; disposing it ends it.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be reached.</exception>
    ValueTask<ISqlSession> OpenAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Writes in one transaction, durable when the task completes. Writes that share a scope run one after the other, on whichever silo, so
    /// that what one reads before it writes still holds when it commits.
    /// </summary>
    /// <param name="scopes">What the write reads and changes, such as <c>jobs/shop</c>; of a customer <see cref="SqlScope.Of"/>.</param>
    /// <param name="write">
    /// The statements. May be called again after a conflict with another transaction, so it changes nothing but the session and what it
    /// assigns anew each time.
    /// </param>
    /// <exception cref="JournalFullException">Too much waits; nothing was written.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be written; nothing was.</exception>
    Task WriteAsync(IReadOnlyCollection<string> scopes, Func<ISqlSession, ValueTask> write);

    /// <summary>
    /// As <see cref="WriteAsync"/>, of what follows from commits of the journal: it may wait a moment to share a transaction with the next.
    /// </summary>
    /// <inheritdoc cref="WriteAsync" path="/exception" />
    Task WriteFollowingAsync(IReadOnlyCollection<string> scopes, Func<ISqlSession, ValueTask> write);

    /// <summary>As <see cref="WriteAsync"/> of one scope, but commits of the journal that wait go first.</summary>
    /// <inheritdoc cref="WriteAsync" path="/exception" />
    Task WriteLaterAsync(string scope, Func<ISqlSession, ValueTask> write);
}
