using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.DeadLetters;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>PostgreSQL for the conformance suite: a place is a schema.</summary>
public sealed class PostgresEngine : IStorageEngine
{
    /// <inheritdoc />
    public async Task<IOpenStore> OpenAsync(string place, DeadLetterOptions quota)
    {
        var (schema, text) = ($"s{place}", PostgresServer.Shared.ConnectionStringFor($"s{place}"));
        await RunAsync(text, $"CREATE SCHEMA IF NOT EXISTS {schema}");
        var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = text, MostConnections = 12 });
        return new OpenStore(
            store, text, schema, new ServiceCollection().AddSingleton(quota).AddPostgresStorage(store).BuildServiceProvider());
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
#pragma warning disable CA2100 // The schema is the test's own.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private sealed record OpenStore(PostgresStore Store, string Text, string Schema, ServiceProvider Provider) : IOpenStore
    {
        public IServiceProvider Services => Provider;

        public string Location => Store.Database.Location;

        public Task TakeAwayAsync() => RunAsync(Text, $"DROP SCHEMA {Schema} CASCADE");

        public async ValueTask DisposeAsync()
        {
            await Provider.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}
