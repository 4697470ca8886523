using ClvOrleans.Storage;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Storage.Sqlite.Copies;
using static ClvOrleans.Cli.Diagnoses.Finding;

namespace ClvOrleans.Cli.Diagnoses;

/// <summary>The files of an embedded store: whether they can be read, and are of this version.</summary>
internal static class SqliteDiagnosis
{
    public static async Task<IReadOnlyList<Finding>> FindAsync(string folder)
    {
        var path = SqliteStore.JournalIn(folder);
        if (!Path.Exists(path))
        {
            return [
                Doubtful("database", $"There is no {path}; the first start makes it.", "If there should be one, put it back before that.")
            ];
        }

        try
        {
            await using var source = SqliteCopySource.Open(folder);
            return [Good("database", $"{path} can be read, and is of this version ({source.Id}). clv check reads all of it.")];
        }
        catch (StorageUnavailableException e)
        {
            return [Bad("database", e.Message, "See \"Trouble with files\" in docs/operations.md.")];
        }
    }
}
