using System.Globalization;
using ClvOrleans.Storage.Sql.Copies;
using Npgsql;
using NpgsqlTypes;

namespace ClvOrleans.Storage.Postgres.Copies;

/// <summary>
/// A database without a store. How far a copy has come is kept in the same transactions as its rows, so that one that broke off goes on; as
/// long as that table is there, no silo serves the database.
/// </summary>
public sealed class PostgresCopyTarget : ICopyTarget
{
    private readonly string _connectionString;
    private readonly NpgsqlConnection _connection;
    private readonly Dictionary<string, Dictionary<string, NpgsqlDbType>> _types;
    private readonly string _location;
    private readonly long _writer;
    private string _source = "";

    private PostgresCopyTarget(
        string connectionString, NpgsqlConnection connection, Dictionary<string, Dictionary<string, NpgsqlDbType>> types, string location,
        long writer)
    {
        (_connectionString, _connection, _types, _location, _writer) = (connectionString, connection, types, location, writer);
        Tables = [.. types.Select(t => StoreTable.Of(t.Key, t.Value.Keys))];
    }

    /// <inheritdoc />
    public IReadOnlyList<StoreTable> Tables { get; }

    /// <summary>Makes the tables.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    public static Task<PostgresCopyTarget> OpenAsync(string connectionString, CancellationToken cancellation = default) =>
        CopyErrors.ToldAsync(connectionString, async location =>
        {
            var options = new PostgresOptions { ConnectionString = connectionString };
            long writer;
            await using (var database = await PostgresDatabase.OpenAsync(options, isCopied: true, cancellation))
            {
                writer = database.Writer;
            }

            var connection = new NpgsqlConnection(connectionString);
            try
            {
                await connection.OpenAsync(cancellation);
                return new PostgresCopyTarget(
                    connectionString, connection, await CopyCatalog.ReadAsync(connection, cancellation), location, writer);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        });

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, long>> BeginAsync(ICopySource source, CancellationToken cancellation = default) =>
        ToldAsync<IReadOnlyDictionary<string, long>>(async () =>
        {
            if (!await CopyCatalog.HasAsync(_connection, StoreTable.CopyProgress, cancellation))
            {
                await RefuseStoreAsync(cancellation);
                await CopyCatalog.RunAsync(
                    _connection,
                    $"CREATE TABLE {StoreTable.CopyProgress} (source TEXT NOT NULL, name TEXT NOT NULL PRIMARY KEY, count BIGINT NOT NULL)",
                    cancellation);
            }

            await using var command = new NpgsqlCommand($"SELECT source, name, count FROM {StoreTable.CopyProgress}", _connection);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            var done = new Dictionary<string, long>(StringComparer.Ordinal);
            while (await rows.ReadAsync(cancellation))
            {
                if (rows.GetString(0) != source.Id)
                {
                    throw new StorageUnavailableException(
                        $"PostgreSQL at {_location} holds part of a copy of something else ({rows.GetString(0)}), or its source was "
                            + "written since: drop the schema and begin again.");
                }

                done.Add(rows.GetString(1), rows.GetInt64(2));
            }

            _source = source.Id;
            return done;
        });

    /// <inheritdoc />
    public Task WriteAsync(StoreTable table, IReadOnlyList<object?[]> rows, long before, CancellationToken cancellation = default) =>
        ToldAsync(async () =>
        {
            await using var transaction = await _connection.BeginTransactionAsync(cancellation);
            await CopyAsync(table, rows, cancellation);
            await using var note = new NpgsqlCommand(
                $"INSERT INTO {StoreTable.CopyProgress} AS p (source, name, count) VALUES ($1, $2, $3) "
                    + "ON CONFLICT (name) DO UPDATE SET count = excluded.count WHERE p.count = $4",
                _connection)
            {
                Parameters =
                {
                    new() { Value = _source }, new() { Value = table.Name }, new() { Value = before + rows.Count },
                    new() { Value = before },
                },
            };
            if (await note.ExecuteNonQueryAsync(cancellation) != 1)
            {
                throw new StorageUnavailableException($"Another process copies into PostgreSQL at {_location} too.");
            }

            await transaction.CommitAsync(cancellation);
            return true;
        });

    /// <inheritdoc />
    public Task FinishAsync(CancellationToken cancellation = default) => ToldAsync(async () =>
    {
        await using var transaction = await _connection.BeginTransactionAsync(cancellation);
        const string Numbered =
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema() AND "
                + "is_identity = 'YES'";
        foreach (var numbered in await CopyCatalog.ListAsync(_connection, Numbered, cancellation))
        {
            if (numbered.Split('.') is [var table, var column] && _types.ContainsKey(table))
            {
                await CopyCatalog.RunAsync(
                    _connection,
                    $"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), greatest((SELECT max({column}) FROM {table}), 1), "
                        + $"EXISTS (SELECT 1 FROM {table}))",
                    cancellation);
            }
        }

        // Numbers of commits go on where any reader can have come to.
        await CopyCatalog.RunAsync(
            _connection,
            "INSERT INTO shard_commits (store, shard, commit_number) SELECT store, shard, max(n) FROM (SELECT store, shard, "
                + "commit_number AS n FROM customers UNION ALL SELECT store, shard, commit_number FROM transitions UNION ALL SELECT store, "
                + "shard, up_to FROM decision_shards) all_numbers GROUP BY store, shard ON CONFLICT (store, shard) DO UPDATE SET "
                + "commit_number = greatest(shard_commits.commit_number, excluded.commit_number)",
            cancellation);
        await CopyCatalog.RunAsync(_connection, "DELETE FROM OrleansStorage", cancellation); // Snapshots of what was here before.
        await transaction.CommitAsync(cancellation);
        await CopyCatalog.RunAsync(_connection, "ANALYZE", cancellation);
        return true;
    });

    /// <inheritdoc />
    public async Task<ICopySource> ReopenAsync(CancellationToken cancellation = default) =>
        await PostgresCopySource.OpenAsync(_connectionString, isCopied: true, cancellation);

    /// <inheritdoc />
    public Task CompleteAsync(IReadOnlyList<CopiedTable> tables, CancellationToken cancellation = default) => ToldAsync(async () =>
    {
        await CopyCatalog.RunAsync(_connection, $"DROP TABLE {StoreTable.CopyProgress}", cancellation);
        return true;
    });

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task CopyAsync(StoreTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellation)
    {
        var (types, isJournal) = (table.Columns.Select(c => _types[table.Name][c]).ToArray(), table.Name == "events");
        var columns = string.Join(", ", table.Columns) + (isJournal ? ", writer" : "");
        await using var copy =
            await _connection.BeginBinaryImportAsync($"COPY {table.Name} ({columns}) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value)
                {
                    await copy.WriteAsync(value, types[i], cancellation);
                }
                else
                {
                    await copy.WriteNullAsync(cancellation);
                }
            }

            if (isJournal)
            {
                await copy.WriteAsync(_writer, NpgsqlDbType.Bigint, cancellation);
            }
        }

        await copy.CompleteAsync(cancellation);
    }

    private async Task RefuseStoreAsync(CancellationToken cancellation)
    {
        const string Served =
            "SELECT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE Status = 3 AND IAmAliveTime > now() - interval '1 minute')";
        if (await CopyCatalog.ScalarAsync<bool>(_connection, Served, cancellation))
        {
            throw new StorageUnavailableException($"Silos serve PostgreSQL at {_location}: stop them, or name another database or schema.");
        }

        foreach (var table in Tables)
        {
            if (await CopyCatalog.ScalarAsync<bool>(_connection, $"SELECT EXISTS (SELECT 1 FROM {table.Name})", cancellation))
            {
                throw new StorageUnavailableException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"PostgreSQL at {_location} holds a store already ({table.Name} has rows): name an empty database or schema."));
            }
        }
    }

    private Task<T> ToldAsync<T>(Func<Task<T>> call) => CopyErrors.ToldAsync(_connectionString, _ => call());
}
