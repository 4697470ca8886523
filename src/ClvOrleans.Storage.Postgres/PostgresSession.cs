using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using ClvOrleans.Storage.Sql;
using Npgsql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>One connection. Errors of the database are thrown as such; Npgsql prepares statements that are used often by itself.</summary>
internal sealed partial class PostgresSession(PostgresDatabase database, NpgsqlConnection connection) : ISqlSession
{
    // Parameters are written $name in statements that SQLite reads too.
    private static readonly ConcurrentDictionary<string, string> Translated = new(StringComparer.Ordinal);

    public NpgsqlConnection Connection => connection;

    public ValueTask<int> RunAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        CallAsync(CommandOf(sql, parameters), async command => await command.ExecuteNonQueryAsync());

    public ValueTask<object?> ScalarAsync(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        CallAsync(CommandOf(sql, parameters), async command => await command.ExecuteScalarAsync() is var value && value is DBNull ? null : value);

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
            return await database.ToldAsync(() => call(command));
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Statements are constants of the engine's assemblies; values are parameters.")]
    private NpgsqlCommand CommandOf(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new NpgsqlCommand(Translated.GetOrAdd(sql, text => Parameters().Replace(text, "@$1")), connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name[1..], value ?? DBNull.Value);
        }

        return command;
    }

    [GeneratedRegex(@"\$([a-z][a-z0-9]*)")]
    private static partial Regex Parameters();
}
