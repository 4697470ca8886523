namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// Connections for reading, kept open with their statements prepared: opening one and preparing its statements takes several times as long
/// as finding a row.
/// </summary>
internal sealed class SqliteReaders(SqliteDatabase database) : IDisposable
{
    private const int MostIdle = 32;
    private readonly Stack<SqliteSession> _idle = new();
    private readonly Lock _lock = new();
    private bool _isClosed;

    /// <summary>A connection, which goes back when it is disposed.</summary>
    /// <exception cref="StorageUnavailableException">The file is gone, was replaced, or cannot be opened.</exception>
    public SqliteSession Rent()
    {
        lock (_lock)
        {
            if (_idle.TryPeek(out _))
            {
                database.CheckFile();
                return _idle.Pop();
            }
        }

        return new SqliteSession(database.Open(), readers: this);
    }

    /// <summary>
    /// Keeps a connection for the next read. False where it is to be closed: there are enough, or there is trouble with the file.
    /// </summary>
    public bool TryReturn(SqliteSession session)
    {
        lock (_lock)
        {
            if (_isClosed || _idle.Count >= MostIdle || database.Trouble is not null)
            {
                return false;
            }

            session.Trim();
            _idle.Push(session);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            while (_idle.TryPop(out var session))
            {
                session.Close();
            }
        }
    }
}
