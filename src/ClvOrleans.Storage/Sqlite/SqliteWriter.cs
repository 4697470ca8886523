using System.Threading.Channels;
using ClvOrleans.Model.Journal;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// Group commit: one thread writes what many wait for, as many as there are in one transaction, and tells each when the disk has it.
/// A piece of work that fails takes back its own changes only.
/// </summary>
public sealed class SqliteWriter : IAsyncDisposable
{
    private const int KeyTaken = 19; // SQLITE_CONSTRAINT
    private readonly Channel<Work> _queue;
    private readonly SqliteOptions _options;
    private readonly SqliteSession _session;
    private readonly Task _loop;

    /// <summary>Starts the writer.</summary>
    public SqliteWriter(SqliteDatabase database, SqliteOptions options)
    {
        _options = options;
        _session = new SqliteSession(database.Open());
        _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _loop = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Does some writing in a transaction; durable when the task completes.</summary>
    /// <exception cref="JournalFullException">Too much waits.</exception>
    internal Task WriteAsync(Action<SqliteSession> write)
    {
        var work = new Work(write);
        return _queue.Writer.TryWrite(work) ? work.Done.Task : Task.FromException(new JournalFullException());
    }

    /// <summary>Writes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
        {
            await _loop;
            _session.Dispose();
        }
    }

    private void WriteAll()
    {
        var group = new List<Work>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < _options.MostInTransaction && _queue.Reader.TryRead(out var work))
            {
                group.Add(work);
            }

            WriteGroup(group);
            group.Clear();
        }
    }

    private void WriteGroup(List<Work> group)
    {
        try
        {
            using var transaction = _session.Connection.BeginTransaction();
            _session.Transaction = transaction;
            foreach (var work in group)
            {
                WriteOne(transaction, work);
            }

            transaction.Commit();
        }
        catch (Exception e)
        {
            // The disk is full, or the file cannot be written: nobody is told that it was.
            group.ForEach(w => w.Failure ??= e);
        }
        finally
        {
            _session.Transaction = null;
        }

        foreach (var work in group)
        {
            if (work.Failure is { } failure)
            {
                work.Done.TrySetException(failure);
            }
            else
            {
                work.Done.TrySetResult();
            }
        }
    }

    private void WriteOne(SqliteTransaction transaction, Work work)
    {
        transaction.Save("one");
        try
        {
            work.Write(_session);
            transaction.Release("one");
        }
        catch (Exception e) when (e is not SqliteException { SqliteErrorCode: not KeyTaken })
        {
            transaction.Rollback("one");
            work.Failure = e is SqliteException ? new SequenceConflictException("A key is taken: " + e.Message, e) : e;
        }
    }

    private sealed class Work(Action<SqliteSession> write)
    {
        public Action<SqliteSession> Write => write;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }
    }
}
