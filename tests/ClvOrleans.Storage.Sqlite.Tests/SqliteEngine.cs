using ClvOrleans.Storage.Conformance;
using ClvOrleans.Storage.DeadLetters;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>SQLite for the conformance suite: a place is a folder.</summary>
public sealed class SqliteEngine : IStorageEngine
{
    private static readonly string Root = TemporaryFolder.New();

    // What every new store is: its tables are made once.
    private static readonly Lazy<Task<string>> Empty = new(async () =>
    {
        var folder = TemporaryFolder.New();
        await SqliteStore.Open(folder).DisposeAsync();
        return folder;
    });

    /// <inheritdoc />
    public async Task<IOpenStore> OpenAsync(string place, DeadLetterOptions quota)
    {
        var folder = Path.Combine(Root, place);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.GetFiles(await Empty.Value))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }

        // What the disk has after a power cut is no part of the contract.
        var store = SqliteStore.Open(folder, fullySynchronous: false);
        return new OpenStore(store, new ServiceCollection().AddSingleton(quota).AddSqliteStorage(store).BuildServiceProvider());
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
