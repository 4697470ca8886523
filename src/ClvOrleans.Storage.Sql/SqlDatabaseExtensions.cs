using System.Data.Common;

namespace ClvOrleans.Storage.Sql;

/// <summary>Reads of one statement, and writes of one scope.</summary>
public static class SqlDatabaseExtensions
{
    /// <summary>All rows of a query.</summary>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        this ISqlDatabase database, string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        await using var session = await database.OpenAsync();
        return await session.ReadAsync(sql, read, parameters);
    }

    /// <inheritdoc cref="ISqlDatabase.WriteAsync" />
    public static Task WriteAsync(this ISqlDatabase database, string scope, Func<ISqlSession, ValueTask> write) =>
        database.WriteAsync([scope], write);
}
