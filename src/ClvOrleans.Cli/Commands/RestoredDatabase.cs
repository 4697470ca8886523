using ClvOrleans.Storage.Postgres;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Storage.Sqlite;

namespace ClvOrleans.Cli.Commands;

/// <summary>The database of a store that was restored, before anybody serves it.</summary>
internal static class RestoredDatabase
{
    /// <summary>Opens it for some work.</summary>
    public static async Task<T> UseAsync<T>(
        string folder, string? postgres, Func<ISqlDatabase, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            if (postgres is null)
            {
                await using var files = SqliteStore.Open(folder);
                return await work(new SqliteSqlDatabase(files.Journal, files.Writer, files.Snapshots));
            }

            await using var store = await PostgresStore.OpenAsync(
                new PostgresOptions { ConnectionString = postgres }, cancellation: cancellation);
            return await work(store.Database);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException(e.Message);
        }
    }
}
