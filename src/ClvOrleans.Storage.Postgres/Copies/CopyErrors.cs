using Npgsql;

namespace ClvOrleans.Storage.Postgres.Copies;

/// <summary>Says errors of the database as those who copy understand them.</summary>
internal static class CopyErrors
{
    public static async Task<T> ToldAsync<T>(string connectionString, Func<string, Task<T>> call)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var location = $"{settings.Host}:{settings.Port}/{settings.Database}";
        try
        {
            return await call(location);
        }
        catch (Exception e) when (e is not StorageUnavailableException && PostgresTrouble.Of(e, location) is { } trouble)
        {
            throw new StorageUnavailableException(trouble.Message, e);
        }
    }
}
