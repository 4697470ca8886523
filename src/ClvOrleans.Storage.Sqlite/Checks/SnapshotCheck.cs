using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>The snapshots, a cache, are whole and of this journal.</summary>
internal sealed class SnapshotCheck : IStoreCheck
{
    private const string Remedy = "It is a cache: with the service stopped it may be deleted.";

    public string Name => "snapshots";

    public IEnumerable<string> Run(CheckedStore store)
    {
        var path = store.SnapshotsPath;
        return SqliteFile.IsNew(path) || Find(path, store) is not { } finding ? [] : [$"{path} {finding}. {Remedy}"];
    }

    private static string? Find(string path, CheckedStore store)
    {
        try
        {
            using var session = new SqliteSession(CheckedStore.Connect(path));
            if (session.Read("PRAGMA integrity_check(1)", row => row.GetString(0)) is not ["ok"])
            {
                return "is damaged";
            }

            if (session.Scalar("SELECT 1 FROM sqlite_master WHERE name = 'OrleansStorage'") is null)
            {
                return "holds no snapshots";
            }

            var isMarked = session.Scalar("SELECT 1 FROM sqlite_master WHERE name = 'snapshots_of'") is not null
                && store.Has("journal_stamp");
            return isMarked && session.Scalar("SELECT journal FROM snapshots_of") is string journal
                && journal != (string)store.Journal.Scalar("SELECT id FROM journal_stamp")!
                ? "holds snapshots of another journal"
                : null;
        }
        catch (SqliteException e)
        {
            return $"cannot be read ({e.Message.TrimEnd('.')})";
        }
    }
}
