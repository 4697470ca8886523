using Npgsql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>Creates the tables and brings them up to date: one silo does it, the others wait.</summary>
internal static class PostgresMigrations
{
    /// <summary>The scripts, in order of their numbers.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(PostgresMigrations).Assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Applies the scripts that are not applied yet, each in a transaction.</summary>
    /// <exception cref="StorageUnavailableException">A newer version of clv has written to the database.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource source, string location, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        foreach (var script in All)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await RunAsync($"SELECT pg_advisory_xact_lock({LockKeys.Of("migrations")})");
            await RunAsync("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY)");
            var applied = await AppliedAsync();
            if (applied.Except(All).Order(StringComparer.Ordinal).LastOrDefault() is { } unknown)
            {
                throw new StorageUnavailableException(
                    $"The database at {location} was written by a newer version of clv (it has {unknown}): start that version.");
            }

            if (!applied.Contains(script))
            {
                using var reader = new StreamReader(typeof(PostgresMigrations).Assembly.GetManifestResourceStream(script)!);
                await RunAsync(await reader.ReadToEndAsync(cancellation));
                await RunAsync($"INSERT INTO schema_migrations (name) VALUES ('{script}')");
            }

            await transaction.CommitAsync(cancellation);
        }

        async Task RunAsync(string sql)
        {
#pragma warning disable CA2100 // Scripts and constants of this assembly.
            await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellation);
        }

        async Task<HashSet<string>> AppliedAsync()
        {
            await using var command = new NpgsqlCommand("SELECT name FROM schema_migrations", connection);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (await rows.ReadAsync(cancellation))
            {
                names.Add(rows.GetString(0));
            }

            return names;
        }
    }
}
