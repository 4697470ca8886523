using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.DeadLetters;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>SQLite for the conformance suite: a place is a folder.</summary>
public sealed class SqliteEngine : IStorageEngine
{
    private static readonly string Root = TemporaryFolder.New();

    /// <inheritdoc />
    public Task<IOpenStore> OpenAsync(string place, DeadLetterOptions quota)
    {
        var store = SqliteStore.Open(Directory.CreateDirectory(Path.Combine(Root, place)).FullName);
        return Task.FromResult<IOpenStore>(
            new OpenStore(store, new ServiceCollection().AddSingleton(quota).AddSqliteStorage(store).BuildServiceProvider()));
    }

    private sealed record OpenStore(SqliteStore Store, ServiceProvider Provider) : IOpenStore
    {
        public IServiceProvider Services => Provider;

        public string Location => Store.Journal.Path;

        public Task TakeAwayAsync() => Task.Run(() => File.Delete(Location));

        public async ValueTask DisposeAsync()
        {
            await Provider.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}
