using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using ClvOrleans.Domain;
using ClvOrleans.Storage.Sql;
using Npgsql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>One connection. Errors of the database are thrown as such; Npgsql prepares statements that are used often by itself.</summary>
internal sealed partial class PostgresSession(PostgresDatabase database, NpgsqlConnection connection) : ISqlSession
{
    /// <summary>How many statements are kept as Npgsql reads them: numbers of the moment are written into some.</summary>
    public const int MostTranslated = 10_000;

    // Parameters are written $name in statements that SQLite reads too.
    private static readonly BoundedCache<string, string> Translated = new(MostTranslated, StringComparer.Ordinal);

    private const string TakeLocks = "SELECT pg_advisory_xact_lock(k) FROM unnest($locks) AS k";

    private long[]? _locks;

    /// <inheritdoc />
    public SqlShards Shards => database.Shards;

    public NpgsqlConnection Connection => connection;

    /// <summary>The number of this process among those that have written to the database.</summary>
    public long Writer => database.Writer;

    /// <summary>How many are kept now.</summary>
    public static int Kept => Translated.Count;

    /// <summary>A statement as Npgsql reads it.</summary>
    public static string Translate(string sql) =>
        Translated.TryGet(sql, out var known) ? known : Translated.Add(sql, Parameters().Replace(sql, "@$1"));

    /// <summary>Has the transaction take locks with its first statement, in the order given, before anything is read.</summary>
    public void Hold(long[] locks) => _locks = locks;

    /// <summary>Statements to be sent together.</summary>
    public PostgresBatch Begin()
    {
        var batch = new PostgresBatch(database, connection);
        if (_locks is { } locks)
        {
            batch.Read(TakeLocks, _ => { }, ("$locks", locks));
            _locks = null;
        }

        return batch;
    }

    public ValueTask<int> RunAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        CallAsync(CommandOf(sql, parameters), async command => await command.ExecuteNonQueryAsync());

    public ValueTask<object?> ScalarAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        CallAsync(
            CommandOf(sql, parameters), async command => await command.ExecuteScalarAsync() is var value && value is DBNull ? null : value);

    public ValueTask<List<T>> ReadAsync<T>(
        string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        CallAsync(CommandOf(sql, parameters), async command =>
        {
            await using var rows = await command.ExecuteReaderAsync();
            var list = new List<T>();
            while (await rows.ReadAsync())
            {
                list.Add(read(rows));
            }

            return list;
        });

    public IAsyncEnumerable<T> StreamAsync<T>(
        string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        StreamAsync(CommandOf(sql, parameters), read);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async IAsyncEnumerable<T> StreamAsync<T>(NpgsqlCommand command, Func<DbDataReader, T> read)
    {
        await using (command)
        {
            await using var rows = await database.ToldAsync(() => command.ExecuteReaderAsync());
            while (await database.ToldAsync(() => rows.ReadAsync()))
            {
                yield return read(rows);
            }
        }
    }

    private async ValueTask<T> CallAsync<T>(NpgsqlCommand command, Func<NpgsqlCommand, Task<T>> call)
    {
        await using (command)
        {
            if (_locks is not null)
            {
                await using var first = Begin();
                await first.SendAsync();
            }

            return await database.ToldAsync(() => call(command));
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Statements are constants of the engine's assemblies; values are parameters.")]
    private NpgsqlCommand CommandOf(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new NpgsqlCommand(Translate(sql), connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name[1..], value ?? DBNull.Value);
        }

        return command;
    }

    [GeneratedRegex(@"\$([a-z][a-z0-9]*)")]
    private static partial Regex Parameters();
}
