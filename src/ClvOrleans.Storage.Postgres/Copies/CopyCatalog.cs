using System.Diagnostics.CodeAnalysis;
using ClvOrleans.Storage.Sql.Copies;
using Npgsql;
using NpgsqlTypes;

namespace ClvOrleans.Storage.Postgres.Copies;

/// <summary>Which tables a database has.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Statements of this assembly only.")]
internal static class CopyCatalog
{
    /// <summary>Types of the columns of each table that belongs to a copy.</summary>
    public static async Task<Dictionary<string, Dictionary<string, NpgsqlDbType>>> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string Sql =
            "SELECT c.relname::text, a.attname::text, t.typname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            + "JOIN pg_type t ON t.oid = a.atttypid WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') "
            + "AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped";
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var tables = new Dictionary<string, Dictionary<string, NpgsqlDbType>>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            var (table, column, type) = (rows.GetString(0), rows.GetString(1), rows.GetString(2));
            if (StoreTable.IsCopied(table))
            {
                tables.TryAdd(table, new Dictionary<string, NpgsqlDbType>(StringComparer.Ordinal));
                tables[table].Add(column, type switch
                {
                    "int8" => NpgsqlDbType.Bigint,
                    "float8" => NpgsqlDbType.Double,
                    "bytea" => NpgsqlDbType.Bytea,
                    "text" => NpgsqlDbType.Text,
                    _ => throw new InvalidOperationException($"Copies do not know the type {type} of {table}.{column}."),
                });
            }
        }

        return tables;
    }

    public static async Task<bool> HasAsync(NpgsqlConnection connection, string table, CancellationToken cancellation) =>
        await ScalarAsync<string>(connection, $"SELECT to_regclass('{table}')::text", cancellation) is not null;

    public static async Task<T?> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation) is T value ? value : default;
    }

    public static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(rows.GetString(0));
        }

        return all;
    }

    public static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
