using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>The file as the ports of <c>ClvOrleans.Storage.Sql</c> see it. There is one writer, so that every scope is alone.</summary>
public sealed class SqliteSqlDatabase(SqliteDatabase database, SqliteWriter writer, SqliteDatabase? snapshots = null) : ISqlDatabase
{
    /// <inheritdoc />
    public SqlShards Shards => database.Shards;

    /// <inheritdoc />
    public string ElementsOf(string column) => $"json_each(CAST({column} AS TEXT))";

    /// <inheritdoc />
    public ValueTask<long> TakeCommitAsync(ISqlSession session, StoreId store, int shard) => new((long)((SqliteSession)session).Scalar(
        "SELECT ifnull(max(commit_number), 0) + 1 FROM customers WHERE store = $store AND shard = $shard",
        ("$store", store.Value), ("$shard", shard))!);

    /// <inheritdoc />
    public async Task<bool> CompactAsync(IReadOnlyCollection<string> tables, CancellationToken cancellation = default)
    {
        var isDone = await database.Scrub.RunAsync(writer.AloneAsync, cancellation);
        return (snapshots is null || await snapshots.Scrub.RunAsync(Task.Run, cancellation)) && isDone;
    }

    /// <inheritdoc />
    public Task ForgetSnapshotsAsync(CancellationToken cancellation = default) => snapshots is null ? Task.CompletedTask : Task.Run(
        () =>
        {
            using var session = new SqliteSession(snapshots.OpenForWriting());
            session.Run("DELETE FROM OrleansStorage");
        },
        cancellation);

    /// <inheritdoc />
    public ValueTask<ISqlSession> OpenAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new ValueTask<ISqlSession>(database.Read());
    }

    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyCollection<string> scopes, Func<ISqlSession, ValueTask> write) =>
        writer.WriteAsync(session => Write(session, write));

    /// <inheritdoc />
    public Task WriteFollowingAsync(IReadOnlyCollection<string> scopes, Func<ISqlSession, ValueTask> write) =>
        writer.WriteFollowingAsync(session => Write(session, write));

    /// <inheritdoc />
    public Task WriteLaterAsync(string scope, Func<ISqlSession, ValueTask> write) =>
        writer.WriteLaterAsync(session => Write(session, write));

    // On SQLite every statement ends before its call returns: the writer's thread never waits here.
    internal static void Write(SqliteSession session, Func<ISqlSession, ValueTask> write) =>
        write(session).AsTask().GetAwaiter().GetResult();
}
