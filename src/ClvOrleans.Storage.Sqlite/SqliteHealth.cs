namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IStorageHealth" />
public sealed class SqliteHealth(SqliteDatabase database, SqliteWriter writer) : IStorageHealth
{
    private bool _written;

    /// <inheritdoc />
    public StorageTrouble? Trouble => database.Trouble;

    /// <inheritdoc />
    public async Task<StorageTrouble?> CheckAsync()
    {
        try
        {
            database.CheckCommits();
            if (!_written || !writer.HasLog || Trouble is { Lasts: false })
            {
                await writer.WriteAsync(_ => { });
                _written = true;
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or JournalFullException)
        {
            // It is noted, or the writer is busy and will note it.
        }

        return Trouble;
    }
}
