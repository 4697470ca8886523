using ClvOrleans.Testing;
using Npgsql;

namespace ClvOrleans.Reliability.Tests.Clusters;

/// <summary>The PostgreSQL of a cluster, whose commits wait for the disk, and what lies in it.</summary>
internal sealed class Database : IDisposable
{
    private readonly List<PostgresServer> _servers = [];

    private Database(PostgresServer server)
    {
        Primary = server;
        _servers.Add(server);
    }

    /// <summary>The server that is written to.</summary>
    public PostgresServer Primary { get; private set; }

    /// <summary>Starts it; the test is skipped where PostgreSQL is not installed.</summary>
    public static Database Start(string? folder = null)
    {
        var server = PostgresServer.Start(isDurable: true, folder, isReachable: true);
        Assert.SkipWhen(server is null, "PostgreSQL is not installed: apt-get install postgresql");
        return new Database(server);
    }

    /// <summary>The connection string of silos that reach it at these ports of an address.</summary>
    public static string ConnectionString(string host, params IEnumerable<int> ports) =>
        $"Host={string.Join(',', ports.Select(p => $"{host}:{p}"))};Username=postgres;Database=postgres";

    /// <summary>Starts a standby: from now on a commit waits until it has it too.</summary>
    public async Task<PostgresServer> FollowAsync()
    {
        var standby = Primary.StartStandby();
        _servers.Add(standby);
        await RunAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await RunAsync("SELECT pg_reload_conf()");
        for (var tries = 0; (await TextsAsync("SELECT sync_state FROM pg_stat_replication")) is not ["sync"]; tries++)
        {
            Assert.True(tries < 200, "The standby does not follow.");
            await Task.Delay(100);
        }

        return standby;
    }

    /// <summary>Lets the primary crash and a standby take over.</summary>
    public void FailOver(PostgresServer standby)
    {
        Primary.Kill();
        standby.Promote();
        Primary = standby;
    }

    /// <summary>Ends all connections but this one.</summary>
    public Task EndConnectionsAsync() => RunAsync(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");

    /// <summary>Lets each commit wait before it is written to the disk.</summary>
    public async Task SlowDownAsync(TimeSpan wait)
    {
        await RunAsync($"ALTER SYSTEM SET commit_delay = {(long)wait.TotalMicroseconds}");
        await RunAsync("ALTER SYSTEM SET commit_siblings = 0");
        await RunAsync("SELECT pg_reload_conf()");
    }

    /// <summary>How often the message ids of all events are there: those of customers, and those that wait.</summary>
    public async Task<IReadOnlyDictionary<string, int>> MessagesAsync()
    {
        var tables = await TextsAsync(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'message_id' WHERE c.relkind IN "
                + "('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'dead_letters'");
        var messages = new List<string>();
        foreach (var table in tables)
        {
            messages.AddRange(await TextsAsync($"SELECT message_id FROM {table}"));
        }

        return messages.GroupBy(id => id).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>Customers whose events are not numbered 1, 2, 3, ...</summary>
    public Task<List<string>> GapsAsync() => TextsAsync(
        "SELECT customer FROM events GROUP BY store, customer HAVING count(*) <> max(sequence) OR min(sequence) <> 1");

    /// <summary>The first column of what a query gives, as texts.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Queries of the tests only.")]
    public async Task<List<string>> TextsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("127.0.0.1", Primary.Port) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
        {
            texts.Add(rows.GetValue(0).ToString()!);
        }

        return texts;
    }

    public void Dispose() => _servers.ForEach(s => s.Dispose());

    private async Task RunAsync(string sql) => await TextsAsync(sql);
}
