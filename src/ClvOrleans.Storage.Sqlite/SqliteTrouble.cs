using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>What SQLite's errors mean to whoever runs the service.</summary>
internal static class SqliteTrouble
{
    private const int Moved = 1032; // SQLITE_READONLY_DBMOVED
    private const long LeastRoom = 64 * 1024;

    /// <summary>The trouble of an error; null where it is one of a statement, not of the file.</summary>
    public static StorageTrouble? Of(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        1 when error.Message.Contains("no such ", StringComparison.Ordinal) => new(
            $"{path} lacks a table or column of this version of clv, so another program has changed it: stop the service and put back a "
                + "copy.",
            CanRead: true, Lasts: false),
        3 or 14 or 23 => new(
            $"{path} cannot be opened: it and its folder must be there, and the user that clv runs as must be able to write to them.",
            CanRead: false, Lasts: false),
        5 or 6 => new(
            $"{path} is locked by another program: end it, or its transaction; the service goes on by itself.", CanRead: true,
            Lasts: false),
        7 => new($"There is no memory left to read or write {path}: give the process more.", CanRead: true, Lasts: false),
        8 when error.SqliteExtendedErrorCode == Moved => Replaced(path),
        8 => new($"{path} is read-only: make it and its folder writable for the user that clv runs as.", CanRead: true, Lasts: false),
        10 when HasRoom(path) => new(
            $"{path} cannot be read or written (I/O error {error.SqliteExtendedErrorCode}): see to the disk that holds it.", CanRead: true,
            Lasts: false),
        10 or 13 => Full(path),
        11 or 26 => Damaged(path),
        _ => null,
    };

    /// <summary>
    /// Whether trouble that a written transaction ends is over: what is left of a full disk may take a small one, and not the next.
    /// </summary>
    public static bool IsOver(StorageTrouble trouble, string path) => !trouble.Lasts && (trouble != Full(path) || HasRoom(path));

    public static StorageTrouble Damaged(string path) => new(
        $"{path} is damaged: stop the service, see what is wrong with clv check, and put back a copy.", CanRead: true, Lasts: true);

    public static StorageTrouble Gone(string path) => new(
        $"{path} was deleted or moved under the running service: put it back, or stop the service and put back a copy.", CanRead: false,
        Lasts: false);

    public static StorageTrouble Replaced(string path) => new(
        $"{path} was replaced under the running service by another file: stop the service, put the right file there, and start it again.",
        CanRead: false, Lasts: false);

    public static StorageTrouble Overwritten(string path) => new(
        $"{path} lacks transactions that were acknowledged: an older copy was written over it under the running service. "
            + "Stop the service and put the right file back.",
        CanRead: false, Lasts: true);

    private static StorageTrouble Full(string path) => new(
        $"The disk that holds {path} is full: make room; the service goes on by itself.", CanRead: true, Lasts: false);

    private static bool HasRoom(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace >= LeastRoom;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
