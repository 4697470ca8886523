using ClvOrleans.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>A piece of writing that someone waits for.</summary>
internal sealed class SqliteWork(Action<SqliteSession> write, bool isAlone = false)
{
    private const int Constraint = 19; // SQLITE_CONSTRAINT

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it is done without a transaction, by itself.</summary>
    public bool IsAlone => isAlone;

    /// <summary>Why it is not written.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Writes it; where it fails by itself, only its own changes are taken back.</summary>
    /// <exception cref="SqliteException">The whole transaction fails.</exception>
    /// <remarks>By statements of the session, which are prepared once; those of the transaction are prepared each time.</remarks>
    public void Write(SqliteSession session, SqliteDatabase database)
    {
        session.Run("SAVEPOINT one");
        try
        {
            write(session);
            session.Run("RELEASE one");
        }
        catch (Exception e) when (e is not SqliteException || IsOfStatement((SqliteException)e))
        {
            session.Run("ROLLBACK TO one");
            session.Run("RELEASE one");
            Failure = e is not SqliteException sqlite ? e
                : sqlite.SqliteErrorCode == Constraint ? Conflict(sqlite)
                : database.TryFail(sqlite, out var told) ? told : e;
        }
    }

    /// <summary>Does it outside of a transaction.</summary>
    public void WriteAlone(SqliteSession session) => write(session);

    /// <summary>Tells whoever waits.</summary>
    public void End()
    {
        if (Failure is { } failure)
        {
            Done.TrySetException(failure);
        }
        else
        {
            Done.TrySetResult();
        }
    }

    // A wrong statement, a row too large, a broken key, a page that is damaged: others may be written all the same.
    private static bool IsOfStatement(SqliteException e) => e.SqliteErrorCode is 1 or 11 or 18 or Constraint or 20 or 21 or 25;

    // "UNIQUE constraint failed: events.store, events.customer, ...": an event or a sequence that another writer has written.
    private static Exception Conflict(SqliteException e) =>
        e.Message.Contains("UNIQUE constraint failed: events.", StringComparison.Ordinal)
            ? new SequenceConflictException("Another writer has written events of this customer: " + e.Message, e)
            : new InvalidOperationException("A statement violated a constraint of the tables: " + e.Message, e);
}
