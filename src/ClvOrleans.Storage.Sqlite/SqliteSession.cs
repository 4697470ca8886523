using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>One connection with its statements kept prepared by their text. Errors of the file are thrown as such.</summary>
/// <param name="connection">The connection.</param>
/// <param name="owned">Whether it is closed with the session.</param>
/// <param name="readers">Where the session goes when it is disposed, to be used again.</param>
internal sealed class SqliteSession(SqliteConnection connection, bool owned = true, SqliteReaders? readers = null)
    : ISqlSession, IDisposable
{
    /// <summary>
    /// How many prepared statements a session keeps from one use to the next: more than there are texts, but for those that numbers and
    /// names of the moment are written into.
    /// </summary>
    public const int MostStatements = 500;

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>How many statements are prepared.</summary>
    public int Statements => _commands.Count;

    public SqliteTransaction? Transaction { get; set; }

    /// <inheritdoc />
    public SqlShards Shards { get; } = connection is StoreConnection store ? store.Owner.Shards : new();

    public SqliteConnection Connection => connection;

    public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Prepare(sql, parameters);
        return Told(command.ExecuteNonQuery);
    }

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Prepare(sql, parameters);
        return Told(command.ExecuteScalar);
    }

    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Prepare(sql, parameters);
        return Told(command.ExecuteReader);
    }

    /// <summary>The shard of a customer. Statements of SQLite end before their calls return: nothing is waited for.</summary>
    public int ShardOf(CustomerId customer) => Shards.OfAsync(this, customer).AsTask().GetAwaiter().GetResult();

    /// <summary>All rows of a query.</summary>
    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Prepare(sql, parameters);
        return Told(() =>
        {
            using var rows = command.ExecuteReader();
            var list = new List<T>();
            while (rows.Read())
            {
                list.Add(read(rows));
            }

            return list;
        });
    }

    /// <summary>The next row of a query that is read as it goes.</summary>
    public bool Next(SqliteDataReader rows) => Told(rows.Read);

    ValueTask<int> ISqlSession.RunAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        new(Run(sql, parameters));

    ValueTask<object?> ISqlSession.ScalarAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        new(Scalar(sql, parameters) is var value && value is DBNull ? null : value);

    ValueTask<List<T>> ISqlSession.ReadAsync<T>(
        string sql, Func<DbDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> parameters) => new(Read(sql, read, parameters));

    IAsyncEnumerable<T> ISqlSession.StreamAsync<T>(
        string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Stream(Query(sql, parameters), read).ToAsyncEnumerable();

    ValueTask IAsyncDisposable.DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        if (readers?.TryReturn(this) is not true)
        {
            Close();
        }
    }

    /// <summary>Lets go of the prepared statements where there are too many. No reader may be open.</summary>
    public void Trim()
    {
        if (_commands.Count > MostStatements)
        {
            ForgetStatements();
        }
    }

    /// <summary>Closes the connection, if it is the session's own.</summary>
    public void Close()
    {
        ForgetStatements();
        if (owned)
        {
            connection.Dispose();
        }
    }

    private void ForgetStatements()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    private IEnumerable<T> Stream<T>(SqliteDataReader rows, Func<DbDataReader, T> read)
    {
        using (rows)
        {
            while (Next(rows))
            {
                yield return read(rows);
            }
        }
    }

    // The writer tells the errors of its own connection itself: it knows what they undo.
    private T Told<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (SqliteException e) when (Transaction is null && connection is StoreConnection opened
            && opened.Owner.TryFail(e, out var failure))
        {
            throw failure;
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Statements are constants of this assembly; values are parameters.")]
    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
        }

        command.Transaction = Transaction;
        if (command.Parameters.Count != parameters.Length)
        {
            command.Parameters.Clear();
            foreach (var (name, value) in parameters)
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }

            return command;
        }

        // The same text has the same parameters: they are given new values.
        for (var i = 0; i < parameters.Length; i++)
        {
            (command.Parameters[i].ParameterName, command.Parameters[i].Value) = (parameters[i].Name, parameters[i].Value ?? DBNull.Value);
        }

        return command;
    }
}
