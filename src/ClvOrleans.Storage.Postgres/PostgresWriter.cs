using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Watches;
using Npgsql;

namespace ClvOrleans.Storage.Postgres;

/// <summary>
/// Group commit: what waits is written together, and each caller is told when the database has it. A commit that fails leaves the others
/// alone; where the database fails, all that share the transaction fail.
/// </summary>
public sealed class PostgresWriter : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly PostgresOptions _options;
    private readonly ICommitObserver? _observer;
    private readonly Channel<Waiting> _queue;
    private readonly Task[] _loops;

    /// <summary>Starts the writer.</summary>
    public PostgresWriter(PostgresDatabase database, PostgresOptions options, ICommitObserver? observer = null)
    {
        (_database, _options, _observer) = (database, options, observer);
        _queue = Channel.CreateBounded<Waiting>(options.QueueLimit);
        _loops = [.. Enumerable.Range(0, options.Writers).Select(_ => Task.Run(WriteAllAsync))];
    }

    /// <summary>Writes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_loops);
    }

    /// <inheritdoc cref="IJournal.AppendAsync" />
    internal Task<ImmutableArray<Transition>> AppendAsync(CustomerCommit commit)
    {
        var waiting = new Waiting(new PreparedCommit(commit));
        return _queue.Writer.TryWrite(waiting)
            ? waiting.Done.Task
            : Task.FromException<ImmutableArray<Transition>>(new JournalFullException());
    }

    private async Task WriteAllAsync()
    {
        var group = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            var locks = 0;
            while (locks < _options.MostInTransaction && _queue.Reader.TryRead(out var waiting))
            {
                group.Add(waiting);
                locks += waiting.Commit.Locks.Count();
            }

            foreach (var alone in group.Where(w => w.Commit.Commit.Merged is not null))
            {
                await WriteAsync([alone]);
            }

            // A second commit of a customer builds on the first, or is fenced off by it.
            for (var rest = group.Where(w => w.Commit.Commit.Merged is null).ToList(); rest.Count > 0;)
            {
                var customers = new HashSet<CustomerId>();
                var now = rest.Where(w => customers.Add(w.Commit.Commit.Row.Id)).ToList();
                rest = [.. rest.Except(now)];
                await WriteAsync(now);
            }

            group.Clear();
        }
    }

    private async Task WriteAsync(IReadOnlyList<Waiting> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        var (began, commits) = (Stopwatch.GetTimestamp(), group.Select(w => w.Commit).ToArray());
        try
        {
            await _database.WriteAsync(
                LockKeys.Sorted(commits.SelectMany(c => c.Locks)),
                session => commits is [{ Commit.Merged: not null } merge]
                    ? CommitMerge.WriteAsync(session, merge)
                    : new CommitGroup(session, commits).WriteAsync());
        }
        catch (PostgresException e) when (group.Count > 1 && !PostgresTrouble.IsConflict(e))
        {
            // One of them breaks a key or a limit of the tables: each shows by itself whether it does.
            foreach (var one in group)
            {
                await WriteAsync([one]);
            }

            return;
        }
        catch (Exception e)
        {
            commits.ToList().ForEach(c => c.Failure = Told(e));
        }

        if (Array.Exists(commits, c => c.Failure is null))
        {
            _observer?.OnCommitted(commits.Count(c => c.Failure is null), Stopwatch.GetElapsedTime(began));
        }

        foreach (var waiting in group)
        {
            waiting.End();
        }
    }

    private Exception Told(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: { } table } p
            when table.StartsWith("events", StringComparison.Ordinal) =>
            new SequenceConflictException("Another writer has written events of this customer: " + p.MessageText, p),
        PostgresException p when PostgresTrouble.IsConflict(p) => new StorageUnavailableException(
            $"PostgreSQL at {_database.Location} is too busy: a transaction lost against others again and again. Send it again.", p),
        PostgresException p => new InvalidOperationException("A statement violated a constraint of the tables: " + p.MessageText, p),
        _ => e,
    };

    private sealed record Waiting(PreparedCommit Commit)
    {
        public TaskCompletionSource<ImmutableArray<Transition>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End()
        {
            if (Commit.Failure is { } failure)
            {
                Done.TrySetException(failure);
            }
            else
            {
                Done.TrySetResult(Commit.Noticed);
            }
        }
    }
}
