using System.Data.Common;

namespace ClvOrleans.Storage.Sql;

/// <summary>
/// A connection, within a transaction while writing. Parameters are named, such as <c>$store</c>; their values are texts, whole numbers,
/// doubles, bytes or null. Statements are those that SQLite and PostgreSQL both read.
/// </summary>
public interface ISqlSession : IAsyncDisposable
{
    /// <summary>How many shards the stores of the database have.</summary>
    SqlShards Shards { get; }

    /// <summary>Runs a statement. Returns how many rows it changed.</summary>
    ValueTask<int> RunAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>The first column of the first row; null where there is none, or where it is null.</summary>
    ValueTask<object?> ScalarAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>All rows of a query.</summary>
    ValueTask<List<T>> ReadAsync<T>(
        string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters);

    /// <summary>The rows of a query, one after the other.</summary>
    IAsyncEnumerable<T> StreamAsync<T>(
        string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters);
}
