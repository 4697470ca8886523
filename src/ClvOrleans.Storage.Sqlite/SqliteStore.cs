using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>The files of a store in one folder: the journal and the snapshots, which are a cache.</summary>
public sealed class SqliteStore : IAsyncDisposable
{
    private SqliteStore(
        SqliteDatabase journal, SqliteDatabase snapshots, SqliteOptions options, ICommitObserver? observer, ImmutableArray<string> notes)
    {
        (Journal, Snapshots, Notes) = (journal, snapshots, notes);
        Writer = new SqliteWriter(journal, options, observer);
        Health = new SqliteHealth(journal, Writer);
    }

    /// <summary>The journal.</summary>
    public SqliteDatabase Journal { get; }

    /// <summary>The snapshots.</summary>
    public SqliteDatabase Snapshots { get; }

    /// <summary>The journal's writer.</summary>
    public SqliteWriter Writer { get; }

    /// <summary>Whether the journal can be used.</summary>
    public IStorageHealth Health { get; }

    /// <summary>What was done at the opening that whoever runs the service should know of.</summary>
    public ImmutableArray<string> Notes { get; }

    /// <summary>Path of the journal in a folder.</summary>
    public static string JournalIn(string folder) => Path.Combine(folder, "clv.db");

    /// <summary>Path of the snapshots in a folder.</summary>
    public static string SnapshotsIn(string folder) => Path.Combine(folder, "snapshots.db");

    /// <summary>Opens the files of a folder, or makes them.</summary>
    /// <param name="folder">The folder, which is there.</param>
    /// <param name="fullySynchronous">Whether every commit waits for the disk.</param>
    /// <param name="observer">Learns of commits to the journal.</param>
    /// <exception cref="StorageUnavailableException">The journal is not fit to be used; the message says why and what to do.</exception>
    public static SqliteStore Open(string folder, bool fullySynchronous = true, ICommitObserver? observer = null) =>
        Open(new SqliteOptions { Path = JournalIn(folder), FullySynchronous = fullySynchronous }, observer);

    /// <summary>Opens a journal and the snapshots beside it, or makes them.</summary>
    /// <param name="options">Where the journal is, and how it is written.</param>
    /// <param name="observer">Learns of commits to the journal.</param>
    /// <exception cref="StorageUnavailableException">The journal is not fit to be used; the message says why and what to do.</exception>
    public static SqliteStore Open(SqliteOptions options, ICommitObserver? observer = null)
    {
        var (path, cache) = (options.Path, SnapshotsIn(Path.GetDirectoryName(Path.GetFullPath(options.Path))!));
        if (SqliteFile.IsNew(path) && Array.Find([JournalMark.PathOf(path), cache], p => !SqliteFile.IsNew(p)) is { } left)
        {
            throw new StorageUnavailableException(
                $"{path} is missing or empty, but {left} shows that it was written: put it back, or empty the folder to begin a new "
                    + "store.");
        }

        var journal = new SqliteDatabase(options);
        var notes = ImmutableArray<string>.Empty;
        try
        {
            return new SqliteStore(journal, OpenSnapshots(cache, journal, ref notes), options, observer, notes);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Writes what waits, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Snapshots.Dispose();
        Journal.Dispose();
    }

    private static SqliteDatabase OpenSnapshots(string path, SqliteDatabase journal, ref ImmutableArray<string> notes)
    {
        var options = new SqliteOptions { Path = path, Schema = SqliteSchema.Snapshots, FullySynchronous = false };
        using var connection = journal.Open();
        var id = SqliteDatabase.IdOf(connection);
        try
        {
            var snapshots = new SqliteDatabase(options);
            if (AreOf(snapshots, id))
            {
                return snapshots;
            }

            snapshots.Dispose();
            SetAside(path, $"{path} holds snapshots of another journal", ref notes);
        }
        catch (StorageUnavailableException e) when (e.InnerException is null or SqliteException { SqliteErrorCode: 11 or 26 })
        {
            SetAside(path, e.Message, ref notes);
        }

        var made = new SqliteDatabase(options);
        AreOf(made, id);
        return made;
    }

    private static bool AreOf(SqliteDatabase snapshots, string journal)
    {
        using var session = new SqliteSession(snapshots.Open());
        session.Run("INSERT INTO snapshots_of (one, journal) VALUES (1, $journal) ON CONFLICT DO NOTHING", ("$journal", journal));
        return (string)session.Scalar("SELECT journal FROM snapshots_of")! == journal;
    }

    // A cache: what it held is read from the journal again.
    private static void SetAside(string path, string why, ref ImmutableArray<string> notes)
    {
        var aside = path + ".set-aside";
        try
        {
            File.Move(path, aside, overwrite: true);
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"{path} cannot be used and cannot be moved away: delete it, it is a cache.", e);
        }

        notes = notes.Add($"{why.Split(": ")[0]}. It is a cache: it was moved to {aside}, and a new one was begun.");
    }
}
