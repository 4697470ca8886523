using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// Looks at a file before it is used: cheaply, so that a store of any size starts at once. The whole is for <c>clv check</c>.
/// </summary>
internal static class SqliteFile
{
    private const long SmallBytes = 32 * 1024 * 1024;

    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    /// <summary>Whether there is nothing at a path yet.</summary>
    public static bool IsNew(string path) => !Path.Exists(path) || (File.Exists(path) && new FileInfo(path).Length == 0);

    /// <summary>Refuses what is no database file, and a -wal without the file that it belongs to, which SQLite would delete.</summary>
    /// <exception cref="StorageUnavailableException">It is not fit to be opened.</exception>
    public static void CheckBeforeOpening(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new StorageUnavailableException(
                    $"{path} is a folder where a file is expected: move it away, or name another folder with --data.");
            }

            if (IsNew(path))
            {
                if (File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0)
                {
                    throw new StorageUnavailableException(
                        $"{path} is missing or empty, but its {Path.GetFileName(path)}-wal is there: put the right file back beside it.");
                }

                return;
            }

            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var start = new byte[Header.Length];
            if (RandomAccess.Read(file, start, 0) < start.Length || !Header.SequenceEqual(start))
            {
                throw new StorageUnavailableException(SqliteTrouble.Damaged(path).Message);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageUnavailableException(
                $"{path} cannot be read: make it and its folder readable and writable for the user that clv runs as.", e);
        }
    }

    /// <summary>Checks the pages of a small file, and of a large one those of its small tables and the ends of the others.</summary>
    /// <exception cref="StorageUnavailableException">The file is damaged.</exception>
    public static void CheckPages(SqliteConnection connection, SqliteOptions options)
    {
        using var session = new SqliteSession(connection, owned: false);
        var tables = session.Read(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'", row => row.GetString(0));
        if (new FileInfo(options.Path).Length <= SmallBytes)
        {
            Check("PRAGMA quick_check(1)");
            return;
        }

        foreach (var table in tables)
        {
            session.Read($"SELECT 1 FROM \"{table}\" LIMIT 1", row => row.GetInt64(0));
        }

        foreach (var table in tables.Where(
            t => t is "schema_migrations" or "journal_stamp" or "champions" or "market_entries" or "OrleansQuery"))
        {
            Check($"PRAGMA quick_check({table})");
        }

        void Check(string pragma)
        {
            if (session.Read(pragma, row => row.GetString(0)) is not ["ok"])
            {
                throw new StorageUnavailableException(SqliteTrouble.Damaged(options.Path).Message);
            }
        }
    }
}
