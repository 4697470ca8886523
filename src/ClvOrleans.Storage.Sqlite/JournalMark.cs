using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// A small file beside the journal that says which journal it is and how often it was written when a commit was last acknowledged. A
/// journal that was deleted, emptied, put back from an older copy, or that lost its -wal is behind it.
/// </summary>
/// <remarks>
/// Written after each transaction, without waiting for the disk: after the end of the process it is exact, after a power cut it may be
/// behind, which is harmless. Where commits do not wait for the disk either, the journal may be behind it after a power cut: only a journal
/// that also lost its -wal is refused then.
/// </remarks>
public sealed class JournalMark : IDisposable
{
    private const int Length = 96;
    private readonly SafeFileHandle _file;
    private readonly string _journal;
    private readonly bool _durable;
    private long _commits;

    private JournalMark(SafeFileHandle file, string journal, bool durable) => (_file, _journal, _durable) = (file, journal, durable);

    /// <summary>How often the journal was written when a commit was last acknowledged.</summary>
    public long Commits => Volatile.Read(ref _commits);

    /// <summary>Path of the mark of a journal.</summary>
    public static string PathOf(string journal) => journal + "-mark";

    /// <summary>
    /// Which journal a mark is of, how often it was written, and whether commits waited for the disk; null where there is no mark that can
    /// be read.
    /// </summary>
    public static (string Journal, long Commits, bool Durable)? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(file);
        return text.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is
            ["journal", var id, "commits", var digits, var kind]
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var commits)
            ? (id, commits, kind == "durable")
            : null;
    }

    /// <summary>Says that the journal has been written so many times. Where that fails it stays behind, which is harmless.</summary>
    public void Set(long commits)
    {
        try
        {
            Write(commits);
        }
        catch (IOException)
        {
            // The journal has it.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private void Write(long commits)
    {
        Volatile.Write(ref _commits, commits);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"journal {_journal} commits {commits} {(_durable ? "durable" : "relaxed")}");
        RandomAccess.Write(_file, Encoding.ASCII.GetBytes(text.PadRight(Length - 1) + "\n"), 0);
    }

    /// <summary>The mark of a journal, after it has been compared with it.</summary>
    /// <exception cref="StorageUnavailableException">
    /// The journal is another one or lacks commits, or the mark cannot be written.
    /// </exception>
    internal static JournalMark Open(SqliteConnection connection, SqliteOptions options)
    {
        var path = PathOf(options.Path);
        try
        {
            var mark = Read(path); // Before the journal: another writer goes on meanwhile.
            using var session = new SqliteSession(connection, owned: false);
            var (id, commits) = session.Read("SELECT id, commits FROM journal_stamp", row => (row.GetString(0), row.GetInt64(1)))[0];
            if (mark is { } m && Compare(m, id, commits, options.Path) is { } trouble)
            {
                throw new StorageUnavailableException(trouble);
            }

            var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            var opened = new JournalMark(file, id, options.FullySynchronous);
            opened.Write(commits);
            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"{path} cannot be written: make it and its folder writable for the user that clv runs as, and make room.", e);
        }
    }

    /// <summary>What is wrong with a journal by its mark, in a sentence; null where nothing is.</summary>
    internal static string? Compare((string Journal, long Commits, bool Durable) mark, string id, long commits, string path)
    {
        var name = Path.GetFileName(PathOf(path));
        return mark.Journal != id
            ? $"{path} is another journal than the one that was here: put the right one back, or delete {name} and snapshots.db to go on "
                + "with this one."
            : commits < mark.Commits && (mark.Durable || !File.Exists(path + "-wal"))
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{path} lacks the last {mark.Commits - commits} of {mark.Commits} transactions that were acknowledged: it was put back "
                    + $"from an older copy, or its -wal was deleted. Put the right files back, or delete {name} to go on without them.")
            : null;
    }
}
