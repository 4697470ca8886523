using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// Group commit: one thread writes what many wait for, as many as there are in one transaction, and tells each when the disk has it. A
/// piece of work that fails takes back its own changes only; where the file fails, all that share the transaction fail. What follows from
/// commits waits a moment for the next ones, so that it does not have them wait for the disk a second time. Work that can wait is done in
/// transactions of its own, one between two groups.
/// </summary>
public sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>How long what follows from commits waits for the next ones.</summary>
    internal static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly Channel<SqliteWork> _queue;
    private readonly Channel<SqliteWork> _following;
    private readonly Channel<SqliteWork> _later;
    private readonly AutoResetEvent _wake = new(false);
    private readonly SqliteDatabase _database;
    private readonly SqliteOptions _options;
    private readonly ICommitObserver? _observer;
    private readonly Task _loop;
    private SqliteSession? _session;
    private FileIdentity? _wal;
    private volatile StorageUnavailableException? _end;
    private StorageUnavailableException? _lost;

    /// <summary>Starts the writer.</summary>
    /// <exception cref="StorageUnavailableException">The file cannot be opened.</exception>
    public SqliteWriter(SqliteDatabase database, SqliteOptions options, ICommitObserver? observer = null)
    {
        (_database, _options, _observer) = (database, options, observer);
        var bound = new BoundedChannelOptions(options.QueueLimit) { SingleReader = true };
        (_queue, _later) = (Channel.CreateBounded<SqliteWork>(bound), Channel.CreateBounded<SqliteWork>(bound));
        _following = Channel.CreateBounded<SqliteWork>(bound);
        _session = OpenSession();
        _loop = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Whether the -wal that this writer writes is still in its place.</summary>
    internal bool HasLog => FileIdentity.Of(_database.Path + "-wal") == _wal;

    /// <summary>Does some writing in a transaction; durable when the task completes.</summary>
    /// <exception cref="JournalFullException">Too much waits.</exception>
    /// <exception cref="StorageUnavailableException">The file cannot be written; nothing was.</exception>
    internal Task WriteAsync(Action<SqliteSession> write) => WriteAsync(_queue, write);

    /// <summary>
    /// Does some writing in the transaction of the next commits, or in one of its own where none come within <see cref="Moment"/>; durable
    /// when the task completes.
    /// </summary>
    /// <inheritdoc cref="WriteAsync(Action{SqliteSession})" path="/exception" />
    internal Task WriteFollowingAsync(Action<SqliteSession> write) => WriteAsync(_following, write);

    /// <summary>Does some writing in a transaction of its own, after the commits that wait; durable when the task completes.</summary>
    /// <inheritdoc cref="WriteAsync(Action{SqliteSession})" path="/exception" />
    internal Task WriteLaterAsync(Action<SqliteSession> write) => WriteAsync(_later, write);

    /// <summary>Does something between two groups, while nothing is being written; commits wait meanwhile.</summary>
    /// <inheritdoc cref="WriteAsync(Action{SqliteSession})" path="/exception" />
    internal Task AloneAsync(Action work) => WriteAsync(_later, new SqliteWork(_ => work(), isAlone: true));

    /// <summary>Writes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete() | _following.Writer.TryComplete() | _later.Writer.TryComplete())
        {
            _wake.Set();
        }

        await _loop;
    }

    private Task WriteAsync(Channel<SqliteWork> queue, Action<SqliteSession> write) => WriteAsync(queue, new SqliteWork(write));

    private Task WriteAsync(Channel<SqliteWork> queue, SqliteWork work)
    {
        if (queue.Writer.TryWrite(work))
        {
            _wake.Set();
            return work.Done.Task;
        }

        return Task.FromException(_end is { } end ? end : new JournalFullException());
    }

    private void WriteAll()
    {
        try
        {
            var group = new List<SqliteWork>();
            var patience = Stopwatch.StartNew();
            while (!_queue.Reader.Completion.IsCompleted || !_following.Reader.Completion.IsCompleted
                || !_later.Reader.Completion.IsCompleted)
            {
                Take(_queue, group);
                if (group.Count > 0 || patience.Elapsed >= Moment || _queue.Reader.Completion.IsCompleted)
                {
                    TakeFollowing(group);
                    patience.Restart();
                }

                var (wrote, later) = (group.Count > 0, default(SqliteWork));
                WriteGroup(group);
                group.Clear();
                if (_later.Reader.TryRead(out later))
                {
                    WriteGroup([later]);
                }
                else if (!wrote && !_queue.Reader.Completion.IsCompleted)
                {
                    Wait(patience);
                }
            }
        }
        catch (Exception e)
        {
            End(e);
        }
        finally
        {
            Close();
        }
    }

    private void Take(Channel<SqliteWork> queue, List<SqliteWork> group)
    {
        while (group.Count < _options.MostInTransaction && queue.Reader.TryRead(out var work))
        {
            group.Add(work);
        }
    }

    // It follows from what was committed before: written before what comes next, it does not find that its customer has moved on.
    private void TakeFollowing(List<SqliteWork> group)
    {
        var next = group.Count;
        Take(_following, group);
        var following = group.GetRange(next, group.Count - next);
        group.RemoveRange(next, following.Count);
        group.InsertRange(0, following);
    }

    // The moment begins with what comes first, whatever else comes of its kind.
    private void Wait(Stopwatch patience)
    {
        if (!_following.Reader.TryPeek(out _))
        {
            _wake.WaitOne();
            patience.Restart();
        }
        else if (Moment - patience.Elapsed is var left && left > TimeSpan.Zero)
        {
            _wake.WaitOne(left);
        }
    }

    // Nobody waits for a writer that is gone.
    private void End(Exception cause)
    {
        _end = _database.Fail(
            new StorageTrouble(
                $"The writer of {_database.Path} stopped because of an internal error: restart the service.", CanRead: true, Lasts: true),
                cause);
        _queue.Writer.TryComplete();
        _following.Writer.TryComplete();
        _later.Writer.TryComplete();
        while (_queue.Reader.TryRead(out var work) || _following.Reader.TryRead(out work) || _later.Reader.TryRead(out work))
        {
            work.Done.TrySetException(_end);
        }
    }

    private void WriteGroup(List<SqliteWork> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        try
        {
            Write(_lost is null ? _session ??= OpenSession() : throw _lost, group);
        }
        catch (Exception e)
        {
            // No caller gets an acknowledgement: the disk is full, or the file is no longer the same. The next group starts over.
            var failure = e as StorageUnavailableException
                ?? (e is SqliteException s && _database.TryFail(s, out var told)
                    ? told
                    : new StorageUnavailableException($"{_database.Path} was not written: {e.Message}", e));
            group.ForEach(w => w.Failure = failure);
            Close();
        }

        group.ForEach(w => w.End());
    }

    private void Write(SqliteSession session, List<SqliteWork> group)
    {
        var began = Stopwatch.GetTimestamp();
        CheckFiles(session);
        session.Trim();
        if (group is [{ IsAlone: true } alone])
        {
            alone.WriteAlone(session);
            return;
        }

        using var transaction = session.Connection.BeginTransaction();
        session.Transaction = transaction;
        group.ForEach(w => w.Write(session, _database));
        var written = group.Count(w => w.Failure is null);
        if (written == 0)
        {
            transaction.Rollback();
            session.Transaction = null;
            return;
        }

        var commits = (long)session.Scalar("UPDATE journal_stamp SET commits = commits + 1 RETURNING commits")!;
        if (commits <= _database.Mark?.Commits)
        {
            throw _lost = _database.Fail(SqliteTrouble.Overwritten(_database.Path));
        }

        transaction.Commit();
        session.Transaction = null;
        CheckFiles(session);
        _database.Mark?.Set(commits);
        _database.Recover();
        _observer?.OnCommitted(written, Stopwatch.GetElapsedTime(began));
    }

    private SqliteSession OpenSession()
    {
        var session = new SqliteSession(_database.OpenForWriting());
        session.Scalar("SELECT count(*) FROM journal_stamp"); // Opens the -wal.
        _wal = FileIdentity.Of(_database.Path + "-wal");
        return session;
    }

    private void CheckFiles(SqliteSession session)
    {
        _database.CheckFile();
        if (HasLog)
        {
            return;
        }

        // This connection still has the file that was deleted: what it holds is saved. Nothing can be written after it, for some
        // connections have the one file and some the other.
        session.Transaction = null;
        session.Scalar("PRAGMA wal_checkpoint(PASSIVE)");
        throw _lost = _database.Fail(new StorageTrouble(
            $"{_database.Path}-wal was deleted or replaced under the running service: start the service again; what it held is saved "
                + $"in {_database.Path}.",
            CanRead: true, Lasts: true));
    }

    private void Close()
    {
        try
        {
            _session?.Dispose();
        }
        catch (SqliteException)
        {
            // It fails as what was written did.
        }

        _session = null;
    }
}
