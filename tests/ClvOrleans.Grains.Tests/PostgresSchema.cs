using System.Text;
using ClvOrleans.Storage.Postgres;
using ClvOrleans.Testing;
using Npgsql;

namespace ClvOrleans.Grains.Tests;

/// <summary>A schema of its own on the server of the test run.</summary>
internal sealed class PostgresSchema
{
    private readonly string _name = $"s{Guid.NewGuid():N}";

    /// <summary>All rows of all its tables as text, with what bytes say in ASCII.</summary>
    public async Task<string> DumpAsync()
    {
        await using var source = NpgsqlDataSource.Create(TestServer.ConnectionStringFor(_name) + ";Pooling=false");
        var columns = await ReadAsync(
            source,
            "SELECT table_name || ' ' || string_agg(CASE data_type "
                + "WHEN 'bytea' THEN 'encode(' || quote_ident(column_name) || ',''escape'')' "
                + $"ELSE quote_ident(column_name) || '::text' END, ',') FROM information_schema.columns WHERE table_schema = '{_name}' "
                + "GROUP BY table_name");
        var text = new StringBuilder();
        foreach (var table in columns.Select(c => c.Split(' ', 2)))
        {
            text.AppendJoin('\n', await ReadAsync(source, $"SELECT concat_ws('|', {table[1]}) FROM {_name}.\"{table[0]}\"")).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Its tables; partitions are part of theirs.</summary>
    public async Task<IReadOnlyCollection<string>> TablesAsync()
    {
        await using var source = NpgsqlDataSource.Create(TestServer.ConnectionStringFor(_name) + ";Pooling=false");
        return await ReadAsync(
            source,
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                + $"WHERE n.nspname = '{_name}' AND c.relkind IN ('r', 'p') AND NOT c.relispartition");
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource source, string sql)
    {
#pragma warning disable CA2100 // Statements are the tests' own.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    /// <summary>Opens a store in it: again, or beside one that is open.</summary>
    public async Task<ClusterStorage> OpenAsync()
    {
        var text = TestServer.ConnectionStringFor(_name);
        await TestServer.RunAsync(text, $"CREATE SCHEMA IF NOT EXISTS {_name}");
        var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = text, MostConnections = 12 });
        return new ClusterStorage(
            store,
            services => services.AddPostgresStorage(store),
            silo => silo.AddAdoNetGrainStorageAsDefault(
                o => (o.Invariant, o.ConnectionString, o.DeleteStateOnClear) = ("Npgsql", text, true)));
    }
}
