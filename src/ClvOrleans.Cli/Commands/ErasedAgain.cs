using System.Text.Json;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Storage.Sql;

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
    public static Task<int> ApplyAsync(ErasureLedger? ledger, string folder, string? postgres, CancellationToken cancellation) =>
        ledger is null
            ? Task.FromResult(0)
            : RestoredDatabase.UseAsync(folder, postgres, database => ApplyAsync(database, ledger, cancellation), cancellation);

    private static async Task<int> ApplyAsync(ISqlDatabase database, ErasureLedger ledger, CancellationToken cancellation)
    {
        var erasures = new SqlErasures(database);
        var erased = await erasures.ImportAsync(ledger, cancellation);
        await erasures.CompactAsync(cancellation);
        return erased;
    }
}
