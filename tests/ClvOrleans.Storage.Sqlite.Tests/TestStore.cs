namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>A journal of its own in a new folder.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public TestStore(Func<SqliteOptions, SqliteOptions>? change = null, ICommitObserver? observer = null)
    {
        Folder = TemporaryFolder.New();
        var options = new SqliteOptions { Path = SqliteStore.JournalIn(Folder) };
        Options = change?.Invoke(options) ?? options;
        Database = new SqliteDatabase(Options);
        Writer = new SqliteWriter(Database, Options, observer);
        Journal = new SqliteJournal(Database, Writer);
        Health = new SqliteHealth(Database, Writer);
    }

    public string Folder { get; }

    public SqliteOptions Options { get; }

    public SqliteDatabase Database { get; }

    public SqliteWriter Writer { get; }

    public SqliteJournal Journal { get; }

    public SqliteHealth Health { get; }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Database.Dispose();
    }
}
