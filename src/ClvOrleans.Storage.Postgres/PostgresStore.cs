namespace ClvOrleans.Storage.Postgres;

/// <summary>A database and its writer on this silo.</summary>
public sealed class PostgresStore : IAsyncDisposable
{
    private PostgresStore(PostgresDatabase database, PostgresOptions options, ICommitObserver? observer)
    {
        (Database, Writer) = (database, new PostgresWriter(database, options, observer));
        Health = new PostgresHealth(database);
    }

    /// <summary>The database.</summary>
    public PostgresDatabase Database { get; }

    /// <summary>The journal's writer.</summary>
    public PostgresWriter Writer { get; }

    /// <summary>Whether the database can be used.</summary>
    public IStorageHealth Health { get; }

    /// <summary>Opens a database and brings its tables up to date.</summary>
    /// <param name="options">Where it is, and how it is written.</param>
    /// <param name="observer">Learns of commits to the journal.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="StorageUnavailableException">It cannot be reached, or a newer version of clv has written to it.</exception>
    public static async Task<PostgresStore> OpenAsync(
        PostgresOptions options, ICommitObserver? observer = null, CancellationToken cancellation = default) =>
        new(await PostgresDatabase.OpenAsync(options, cancellation), options, observer);

    /// <summary>Writes what waits, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Database.DisposeAsync();
    }
}
