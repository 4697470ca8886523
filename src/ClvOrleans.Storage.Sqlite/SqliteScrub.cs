using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// Overwrites what a file still holds of deleted rows, part by part, while it is served (ADR 51): the unused bytes of its pages, its free
/// pages, and in the end its -wal.
/// </summary>
/// <param name="database">The file.</param>
/// <param name="partBytes">How much of it is scrubbed while commits wait.</param>
internal sealed class SqliteScrub(SqliteDatabase database, int partBytes) : IDisposable
{
    private const int MostPages = 1 << 25; // 128 GB. Beyond it an overflow page may look like one of a tree.
    private const int ReservedAt = 20;
    private const int FreeListAt = 32;
    private const int TrunkHeader = 8;

    // A reader that is in the middle of something holds it up.
    private const int MostTries = 3_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly SemaphoreSlim _alone = new(1, 1);

    // Closing one handle of a file gives up all locks that the process has on it (POSIX): it is kept until the file is.
    private SafeFileHandle? _file;
    private byte[] _buffer = [];

    /// <summary>Scrubs the whole file.</summary>
    /// <param name="alone">Runs a part of it while nobody of this process is writing to the file.</param>
    /// <param name="cancellation">Gives up between two parts.</param>
    /// <returns>False where somebody was reading all the time.</returns>
    public async Task<bool> RunAsync(Func<Action, Task> alone, CancellationToken cancellation)
    {
        await _alone.WaitAsync(cancellation);
        try
        {
            // Pages that are added meanwhile have nothing of before.
            var (next, end) = ((long?)0, (long)MostPages);
            for (var tries = 0; next is { } from && tries < MostTries;)
            {
                await alone(() => next = Clear(from, ref end));
                tries = await WaitedAsync(next != from, tries, cancellation);
            }

            var isEmpty = false;
            for (var tries = 0; next is null && !isEmpty && tries < MostTries;)
            {
                await alone(() => isEmpty = EmptyLog());
                tries = await WaitedAsync(isEmpty, tries, cancellation);
            }

            return isEmpty;
        }
        finally
        {
            _alone.Release();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _alone.Dispose();
    }

    private static async Task<int> WaitedAsync(bool isDone, int tries, CancellationToken cancellation)
    {
        await Task.Delay(isDone ? TimeSpan.Zero : Pause, cancellation);
        return isDone ? 0 : tries + 1;
    }

    private static bool EmptyLog(SqliteSession session) => (long)session.Scalar("PRAGMA wal_checkpoint(TRUNCATE)")! == 0;

    private static bool IsLogEmpty(SqliteSession session) => session.Read(
        "PRAGMA wal_checkpoint(PASSIVE)", row => row.GetInt64(0) == 0 && row.GetInt64(1) == 0)[0];

    // From a page on; where it goes on, the same page where a reader is in the middle of something, null after the last.
    private long? Clear(long from, ref long end)
    {
        using var holding = new SqliteSession(database.OpenForWriting());
        using var checking = new SqliteSession(database.OpenForWriting());
        if (!EmptyLog(checking))
        {
            return from;
        }

        using var transaction = holding.Connection.BeginTransaction(deferred: false);
        holding.Transaction = transaction;
        var (pages, size) = ((long)holding.Scalar("PRAGMA page_count")!, (int)(long)holding.Scalar("PRAGMA page_size")!);
        if (pages >= MostPages)
        {
            throw new StorageUnavailableException(
                $"{database.Path} has more than {MostPages:N0} pages: what was deleted is overwritten by VACUUM only.");
        }

        // With the write lock and an empty log, what is in the file is what everybody reads. With a page in the log, its old bytes would
        // come back with its next change.
        if (!IsLogEmpty(checking))
        {
            return from;
        }

        _file ??= File.OpenHandle(database.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        end = Math.Min(end, pages);
        var to = Math.Min(end, from + Math.Max(1, partBytes / size));
        Clear(from, to, size);
        RandomAccess.FlushToDisk(_file);
        // A commit, so that no connection uses a page that it has read before: it would bring back what was overwritten.
        holding.Run($"PRAGMA user_version = {(long)holding.Scalar("PRAGMA user_version")!}");
        transaction.Commit();
        holding.Transaction = null;
        return to < end ? to : null;
    }

    private bool EmptyLog()
    {
        using var session = new SqliteSession(database.OpenForWriting());
        return EmptyLog(session);
    }

    // Page 1 has the texts of the tables, and nothing of anybody.
    private void Clear(long from, long to, int size)
    {
        var bytes = (int)((to - from) * size);
        _buffer = _buffer.Length >= bytes ? _buffer : new byte[bytes];
        var part = _buffer.AsSpan(0, bytes);
        for (var read = 0; read < bytes;)
        {
            read += RandomAccess.Read(_file!, part[read..], (from * size) + read) is var n and > 0
                ? n : throw new StorageUnavailableException($"{database.Path} is shorter than it says.");
        }

        var (free, usable) = (FreePages(from, to, size), size - Reserved());
        for (var page = Math.Max(from, 1); page < to; page++)
        {
            var own = part.Slice((int)((page - from) * size), size);
            if (free.Contains(page) ? UnusedBytes.Clear(own) : UnusedBytes.Clear(own, usable))
            {
                RandomAccess.Write(_file!, own, page * size);
            }
        }
    }

    private int Reserved() => ReadHeader(ReservedAt, 1)[0];

    // Leaves of the list of free pages, by their numbers from 0: nothing reads them. Its trunks list the numbers of the leaves.
    private HashSet<long> FreePages(long from, long to, int size)
    {
        var free = new HashSet<long>();
        var trunk = new byte[size];
        for (var at = (long)BinaryPrimitives.ReadUInt32BigEndian(ReadHeader(FreeListAt, 4)); at != 0;)
        {
            RandomAccess.Read(_file!, trunk, (at - 1) * size);
            var leaves = Math.Min((int)BinaryPrimitives.ReadUInt32BigEndian(trunk.AsSpan(4)), (size - TrunkHeader) / 4);
            for (var i = 0; i < leaves; i++)
            {
                var leaf = BinaryPrimitives.ReadUInt32BigEndian(trunk.AsSpan(TrunkHeader + (4 * i))) - 1L;
                if (leaf >= from && leaf < to)
                {
                    free.Add(leaf);
                }
            }

            at = BinaryPrimitives.ReadUInt32BigEndian(trunk);
        }

        return free;
    }

    private byte[] ReadHeader(int at, int count)
    {
        var bytes = new byte[count];
        RandomAccess.Read(_file!, bytes, at);
        return bytes;
    }
}
