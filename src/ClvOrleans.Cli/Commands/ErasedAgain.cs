using System.Text.Json;
using ClvOrleans.Storage.Postgres;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sql;
using ClvOrleans.Storage.Sqlite;

namespace ClvOrleans.Cli.Commands;

/// <summary>Erases people from a store that was restored, who were erased after its backup was taken.</summary>
internal static class ErasedAgain
{
    /// <summary>What is remembered; null where no file is named and the folder has none.</summary>
    public static ErasureLedger? Read(string? named, string folder)
    {
        var path = named ?? ErasureLedger.PathIn(folder);
        if (named is null && !File.Exists(path))
        {
            return null;
        }

        try
        {
            return ErasureLedger.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read as erasures: {e.Message}");
        }
    }

    /// <summary>How many people were erased again.</summary>
    public static async Task<int> ApplyAsync(ErasureLedger? ledger, string folder, string? postgres, CancellationToken cancellation)
    {
        if (ledger is null)
        {
            return 0;
        }

        try
        {
            if (postgres is null)
            {
                await using var files = SqliteStore.Open(folder);
                return await ApplyAsync(new SqliteSqlDatabase(files.Journal, files.Writer, files.Snapshots), ledger, cancellation);
            }

            await using var store = await PostgresStore.OpenAsync(
                new PostgresOptions { ConnectionString = postgres }, cancellation: cancellation);
            return await ApplyAsync(store.Database, ledger, cancellation);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private static async Task<int> ApplyAsync(ISqlDatabase database, ErasureLedger ledger, CancellationToken cancellation)
    {
        var erasures = new SqlErasures(database);
        var erased = await erasures.ImportAsync(ledger, cancellation);
        await erasures.CompactAsync(cancellation);
        return erased;
    }
}
