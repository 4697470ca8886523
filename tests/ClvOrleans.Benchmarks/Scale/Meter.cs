using System.Diagnostics;
using ClvOrleans.Storage.Postgres;
using Npgsql;

namespace ClvOrleans.Benchmarks.Scale;

/// <summary>What a piece of work takes of this process, of the server, and of the server's disk.</summary>
internal sealed class Meter(PostgresStore store, ServerProcessor server)
{
    /// <summary>Works, and reads before and after.</summary>
    public async Task<Reading> ReadAsync(Func<Task> work)
    {
        var process = Process.GetCurrentProcess();
        var (written, size) = (await WrittenAsync(), await SizeAsync());
        var (began, own, servers) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime, server.Seconds());
        await work();
        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        process.Refresh();
        var (silo, database) = ((process.TotalProcessorTime - own).TotalSeconds, server.Seconds() - servers);
        return new Reading(wall, silo, database, await WrittenAsync() - written, await SizeAsync() - size);
    }

    private Task<long> WrittenAsync() => ScalarAsync("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");

    private Task<long> SizeAsync() => ScalarAsync("SELECT pg_database_size(current_database())");

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await store.Database.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
