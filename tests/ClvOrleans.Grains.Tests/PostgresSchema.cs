using ClvOrleans.Storage.Postgres;
using ClvOrleans.Testing;

namespace ClvOrleans.Grains.Tests;

/// <summary>A schema of its own on the server of the test run.</summary>
internal sealed class PostgresSchema
{
    private readonly string _name = $"s{Guid.NewGuid():N}";

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
