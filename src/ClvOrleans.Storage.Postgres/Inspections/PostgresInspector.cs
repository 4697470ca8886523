using System.Collections.Immutable;
using System.Diagnostics;
using ClvOrleans.Storage.Postgres.Copies;
using ClvOrleans.Storage.Sql.Copies;
using Npgsql;

namespace ClvOrleans.Storage.Postgres.Inspections;

/// <summary>Looks at a database without changing it.</summary>
public static class PostgresInspector
{
    private static readonly string[] Names =
        ["fsync", "full_page_writes", "synchronous_commit", "max_connections", "max_locks_per_transaction"];

    /// <summary>Asks a database.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be reached.</exception>
    public static Task<PostgresInspection> InspectAsync(
        string connectionString, TimeProvider time, CancellationToken cancellation = default) =>
        CopyErrors.ToldAsync(connectionString, async location =>
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellation);
            await CopyCatalog.ScalarAsync<int>(connection, "SELECT 1", cancellation); // The first question takes longer.
            var (began, clock) = (Stopwatch.GetTimestamp(), time.GetUtcNow());
            var there = await CopyCatalog.ScalarAsync<DateTime>(connection, "SELECT clock_timestamp()", cancellation);
            var error = Stopwatch.GetElapsedTime(began) / 2;
            var settings = await PairsAsync(
                connection, $"SELECT name, setting FROM pg_settings WHERE name IN ('{string.Join("', '", Names)}')", cancellation);
            var applied = await CopyCatalog.HasAsync(connection, "schema_migrations", cancellation)
                ? await CopyCatalog.ListAsync(connection, "SELECT name FROM schema_migrations", cancellation)
                : [];
            return new PostgresInspection(
                location, connection.PostgreSqlVersion.Major, settings,
                await CopyCatalog.ScalarAsync<bool>(connection, "SELECT pg_is_in_recovery()", cancellation),
                new DateTimeOffset(there.ToUniversalTime(), TimeSpan.Zero) - clock - error, error,
                [.. PostgresMigrations.All.Except(applied)], [.. applied.Except(PostgresMigrations.All)],
                await CopyCatalog.HasAsync(connection, StoreTable.CopyProgress, cancellation), await SilosAsync(connection, cancellation));
        });

    private static async Task<ImmutableArray<PostgresMember>> SilosAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (!await CopyCatalog.HasAsync(connection, "orleansmembershiptable", cancellation))
        {
            return [];
        }

        const string Sql =
            "SELECT Address || ':' || Port, Status, extract(epoch FROM now() - IAmAliveTime)::double precision FROM OrleansMembershipTable "
            + "WHERE Status <> 6 ORDER BY 1";
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var silos = ImmutableArray.CreateBuilder<PostgresMember>();
        while (await rows.ReadAsync(cancellation))
        {
            silos.Add(new PostgresMember(rows.GetString(0), rows.GetInt32(1), TimeSpan.FromSeconds(rows.GetDouble(2))));
        }

        return silos.ToImmutable();
    }

    private static async Task<ImmutableDictionary<string, string>> PairsAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // A statement of this class.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var pairs = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            pairs.Add(rows.GetString(0), rows.GetString(1));
        }

        return pairs.ToImmutable();
    }
}
