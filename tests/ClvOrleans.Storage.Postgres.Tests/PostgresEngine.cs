using System.Collections.Concurrent;
using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClvOrleans.Storage.Postgres.Tests;

/// <summary>
/// PostgreSQL for the conformance suite: a place is a database, with the tables in a schema. It is a copy of one whose tables are made
/// once, and goes with its test: a server with the tables of hundreds of tests would be slower with each.
/// </summary>
public sealed class PostgresEngine : IStorageEngine
{
    private const string Schema = "clv";
    private const string Empty = "empty";
    private static readonly Lazy<Task> Made = new(MakeEmptyAsync);
    private static readonly ConcurrentDictionary<string, bool> Places = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public async Task<IOpenStore> OpenAsync(string place, DeadLetterOptions quota)
    {
        await Made.Value;
        var name = NameOf(place);
        if (Places.TryAdd(place, true))
        {
            await RunAsync($"CREATE DATABASE {name} TEMPLATE {Empty}");
        }

        var text = $"{TextOf(name)};Application Name={name}";
        var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = text, MostConnections = 12 });
        return new OpenStore(
            store, text, name, new ServiceCollection().AddSingleton(quota).AddPostgresStorage(store).BuildServiceProvider());
    }

    /// <inheritdoc />
    public Task RemoveAsync(string place) =>
        Places.TryRemove(place, out _) ? RunAsync($"DROP DATABASE {NameOf(place)} WITH (FORCE)") : Task.CompletedTask;

    private static string NameOf(string place) => $"p{place}";

    private static string TextOf(string database) =>
        new NpgsqlConnectionStringBuilder(TestServer.ConnectionStringFor(Schema)) { Database = database }.ConnectionString;

    private static Task RunAsync(string sql) => TestServer.RunAsync(TestServer.ConnectionStringFor(Schema), sql);

    private static async Task MakeEmptyAsync()
    {
        await RunAsync($"CREATE DATABASE {Empty}");
        await TestServer.RunAsync(TextOf(Empty), $"CREATE SCHEMA {Schema}");
        await using var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = TextOf(Empty) });
    }

    private sealed record OpenStore(PostgresStore Store, string Text, string Name, ServiceProvider Provider) : IOpenStore
    {
        public IServiceProvider Services => Provider;

        public string Location => Store.Database.Location;

        public Task InterruptAsync() => RunAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{Name}' AND state <> 'idle'");

        public Task TakeAwayAsync() => TestServer.RunAsync(Text, $"DROP SCHEMA {Schema} CASCADE");

        public async ValueTask DisposeAsync()
        {
            await Provider.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}
