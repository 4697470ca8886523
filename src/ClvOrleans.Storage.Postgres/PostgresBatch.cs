using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>Statements that are sent together and answered together: one wait for the network, however many they are.</summary>
internal sealed class PostgresBatch(PostgresDatabase database, NpgsqlConnection connection) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);
    private readonly List<Action<DbDataReader>?> _reads = [];

    /// <summary>Adds a statement whose rows, if any, nobody reads.</summary>
    public void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Add(sql, null, parameters);

    /// <summary>Adds a query, each row of which is read.</summary>
    public void Read(string sql, Action<DbDataReader> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Add(sql, read, parameters);

    /// <summary>Sends them.</summary>
    public Task SendAsync() => _reads.Count == 0 ? Task.CompletedTask : database.ToldAsync(async () =>
    {
        if (_reads.TrueForAll(r => r is null))
        {
            return await _batch.ExecuteNonQueryAsync();
        }

        // Statements without rows have no result to go to.
        var reads = _reads.Where(r => r is not null).ToArray();
        await using var rows = await _batch.ExecuteReaderAsync();
        for (var i = 0; i < reads.Length; i++, await rows.NextResultAsync())
        {
            while (await rows.ReadAsync())
            {
                reads[i]!(rows);
            }
        }

        return 0;
    });

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    [SuppressMessage("Security", "CA2100", Justification = "Statements are constants of the engine's assemblies; values are parameters.")]
    private void Add(string sql, Action<DbDataReader>? read, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new NpgsqlBatchCommand(PostgresSession.Translate(sql));
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name[1..], value ?? DBNull.Value);
        }

        _batch.BatchCommands.Add(command);
        _reads.Add(read);
    }
}
