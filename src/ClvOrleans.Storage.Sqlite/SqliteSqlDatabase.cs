using ClvOrleans.Storage.Sql;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>The file as the ports of <c>ClvOrleans.Storage.Sql</c> see it. There is one writer, so that every scope is alone.</summary>
public sealed class SqliteSqlDatabase(SqliteDatabase database, SqliteWriter writer) : ISqlDatabase
{
    /// <inheritdoc />
    public string ElementsOf(string column) => $"json_each(CAST({column} AS TEXT))";

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
