using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>PostgreSQL for the conformance suite: a place is a schema.</summary>
public sealed class PostgresEngine : IStorageEngine
{
    /// <inheritdoc />
    public async Task<IOpenStore> OpenAsync(string place, DeadLetterOptions quota)
    {
        var (schema, text) = ($"s{place}", $"{TestServer.ConnectionStringFor($"s{place}")};Application Name=s{place}");
        await TestServer.RunAsync(text, $"CREATE SCHEMA IF NOT EXISTS {schema}");
        var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = text, MostConnections = 12 });
        return new OpenStore(
            store, text, schema, new ServiceCollection().AddSingleton(quota).AddPostgresStorage(store).BuildServiceProvider());
    }

    private sealed record OpenStore(PostgresStore Store, string Text, string Schema, ServiceProvider Provider) : IOpenStore
    {
        public IServiceProvider Services => Provider;

        public string Location => Store.Database.Location;

        public Task InterruptAsync() => TestServer.RunAsync(
            TestServer.ConnectionStringFor(Schema),
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{Schema}' AND state <> 'idle'");

        public Task TakeAwayAsync() => TestServer.RunAsync(Text, $"DROP SCHEMA {Schema} CASCADE");

        public async ValueTask DisposeAsync()
        {
            await Provider.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}
