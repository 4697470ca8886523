using System.Data;
using System.Runtime.CompilerServices;
using ClvOrleans.Storage.Sql.Copies;
using Npgsql;
using NpgsqlTypes;

namespace ClvOrleans.Storage.Postgres.Copies;

/// <summary>A database as of the moment of its opening: one transaction that sees nothing that is committed later. Silos go on.</summary>
public sealed class PostgresCopySource : ICopySource
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _moment;
    private readonly Dictionary<string, Dictionary<string, NpgsqlDbType>> _types;

    private PostgresCopySource(
        string name, string id, NpgsqlConnection connection, NpgsqlTransaction moment,
        Dictionary<string, Dictionary<string, NpgsqlDbType>> types)
    {
        (Name, Id, _connection, _moment, _types) = (name, id, connection, moment, types);
        Tables = [.. types.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => StoreTable.Of(t.Key, t.Value.Keys))];
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public string Id { get; }

    /// <inheritdoc />
    public IReadOnlyList<StoreTable> Tables { get; }

    /// <summary>Opens a database.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be read, or is not of this version.</exception>
    public static Task<PostgresCopySource> OpenAsync(string connectionString, CancellationToken cancellation = default) =>
        OpenAsync(connectionString, isCopied: false, cancellation);

    /// <summary>As above, also one that a copy is being written to.</summary>
    internal static Task<PostgresCopySource> OpenAsync(string connectionString, bool isCopied, CancellationToken cancellation) =>
        CopyErrors.ToldAsync(connectionString, async location =>
        {
            var connection = new NpgsqlConnection(connectionString);
            try
            {
                await connection.OpenAsync(cancellation);
                var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
                await CheckAsync(connection, location, isCopied, cancellation);
                var snapshot = await CopyCatalog.ScalarAsync<string>(
                    connection, "SELECT pg_current_snapshot()::text || ' of ' || current_database()", cancellation);
                return new PostgresCopySource(
                    $"PostgreSQL at {location}", $"snapshot {snapshot}", connection, moment,
                    await CopyCatalog.ReadAsync(connection, cancellation));
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        });

    /// <inheritdoc />
    public async IAsyncEnumerable<object?[]> ReadAsync(StoreTable table, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var types = table.Columns.Select(c => _types[table.Name][c]).ToArray();
        await using var rows = await _connection.BeginBinaryExportAsync(
            $"COPY (SELECT {string.Join(", ", table.Columns)} FROM {table.Name}) TO STDOUT (FORMAT BINARY)", cancellation);
        while (await rows.StartRowAsync(cancellation) > 0)
        {
            var row = new object?[types.Length];
            for (var i = 0; i < row.Length; i++)
            {
                if (rows.IsNull)
                {
                    await rows.SkipAsync(cancellation);
                    continue;
                }

                row[i] = types[i] switch
                {
                    NpgsqlDbType.Bigint => await rows.ReadAsync<long>(types[i], cancellation),
                    NpgsqlDbType.Double => await rows.ReadAsync<double>(types[i], cancellation),
                    NpgsqlDbType.Bytea => await rows.ReadAsync<byte[]>(types[i], cancellation),
                    _ => await rows.ReadAsync<string>(types[i], cancellation),
                };
            }

            yield return row;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _moment.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task CheckAsync(NpgsqlConnection connection, string location, bool isCopied, CancellationToken cancellation)
    {
        if (!isCopied && await CopyCatalog.HasAsync(connection, StoreTable.CopyProgress, cancellation))
        {
            throw new StorageUnavailableException(PostgresDatabase.HalfCopied(location));
        }

        if (!await CopyCatalog.HasAsync(connection, "schema_migrations", cancellation))
        {
            throw new StorageUnavailableException($"There is no store in PostgreSQL at {location}.");
        }

        var applied = await CopyCatalog.ListAsync(connection, "SELECT name FROM schema_migrations", cancellation);
        if (!applied.ToHashSet().SetEquals(PostgresMigrations.All))
        {
            throw new StorageUnavailableException(
                $"The store in PostgreSQL at {location} is of another version of clv: use that version, or serve it once with this one.");
        }
    }
}
