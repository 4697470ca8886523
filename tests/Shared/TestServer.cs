using Npgsql;

[assembly: AssemblyFixture(typeof(ClvOrleans.Testing.TestServer))]

namespace ClvOrleans.Testing;

/// <summary>The PostgreSQL server of the test run, which does not wait for the disk. It ends with the run.</summary>
public sealed class TestServer : IDisposable
{
    private static readonly Lazy<PostgresServer?> Running = new(() => PostgresServer.Start());

    /// <summary>The connection string of a schema of its own.</summary>
    public static string ConnectionStringFor(string schema)
    {
        Assert.SkipUnless(Running.Value is not null, "PostgreSQL is not installed: apt-get install postgresql");
        return Running.Value!.ConnectionStringFor(schema);
    }

    /// <summary>Runs a statement.</summary>
    public static async Task RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
#pragma warning disable CA2100 // Statements are the tests' own.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the server, if one was begun.</summary>
    public void Dispose()
    {
        if (Running.IsValueCreated)
        {
            Running.Value?.Dispose();
        }
    }
}
