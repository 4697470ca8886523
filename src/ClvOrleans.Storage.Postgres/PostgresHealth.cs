namespace ClvOrleans.Storage.Postgres;

/// <inheritdoc cref="IStorageHealth" />
internal sealed class PostgresHealth(PostgresDatabase database) : IStorageHealth
{
    /// <inheritdoc />
    public StorageTrouble? Trouble => database.Trouble;

    /// <inheritdoc />
    public async Task<StorageTrouble?> CheckAsync()
    {
        try
        {
            await database.CheckAsync();
        }
        catch (StorageUnavailableException)
        {
            // It is noted.
        }

        return Trouble;
    }
}
