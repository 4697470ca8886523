using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ClvOrleans.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>
/// One file of the embedded store: its migrations, its health, and connections that are set up alike. A data source for Orleans' grain
/// storage too.
/// </summary>
public sealed class SqliteDatabase : DbDataSource
{
    private readonly SqliteOptions _options;
    private readonly FileIdentity? _file;
    private readonly SqliteReaders _readers;
    private volatile StorageTrouble? _trouble;

    /// <summary>Opens the file, or makes it, and brings its tables up to date.</summary>
    /// <exception cref="StorageUnavailableException">
    /// The file cannot be read or written, is damaged, is of another or a newer program, or lacks commits that were acknowledged.
    /// </exception>
    public SqliteDatabase(SqliteOptions options)
    {
        _options = options;
        (_readers, Scrub) = (new SqliteReaders(this), new SqliteScrub(this, options.ScrubbedAtOnce));
        ConnectionString = Connect(SqliteOpenMode.ReadWrite, pooled: true);
        SqliteFile.CheckBeforeOpening(options.Path);
        try
        {
            using var connection = new SqliteConnection(Connect(SqliteOpenMode.ReadWriteCreate, pooled: false));
            connection.Open();
            var applied = SqliteMigrations.Check(connection, options.Schema, options.Path);
            SqliteFile.CheckPages(connection, options);
            Execute(connection, "PRAGMA journal_mode = WAL");
            // Of a file that is read-only the beginning alone succeeds.
            Execute(connection, "BEGIN IMMEDIATE; CREATE TABLE writable (a); ROLLBACK");
            SqliteMigrations.Apply(connection, options.Schema, applied);
            if (options.Schema == SqliteSchema.Journal)
            {
                Mark = JournalMark.Open(connection, options);
            }

            if (applied.Count < SqliteMigrations.Of(options.Schema).Count)
            {
                Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)"); // A new file says what it is, whatever becomes of its -wal.
            }
        }
        catch (SqliteException e) when (SqliteTrouble.Of(e, options.Path) is { } trouble)
        {
            throw new StorageUnavailableException(trouble.Message, e);
        }

        _file = FileIdentity.Of(options.Path);
    }

    /// <inheritdoc />
    public override string ConnectionString { get; }

    /// <summary>Path of the file.</summary>
    public string Path => _options.Path;

    /// <summary>What is wrong with the file as far as is known; null while nothing is.</summary>
    public StorageTrouble? Trouble => _trouble;

    /// <summary>What was acknowledged, of a journal.</summary>
    internal JournalMark? Mark { get; }

    /// <summary>How many shards its stores have.</summary>
    internal SqlShards Shards { get; } = new();

    /// <summary>Overwrites what is left of deleted rows.</summary>
    internal SqliteScrub Scrub { get; }

    /// <summary>An open connection, for reading.</summary>
    /// <exception cref="StorageUnavailableException">The file is gone, was replaced, or cannot be opened.</exception>
    public SqliteConnection Open()
    {
        CheckFile();
        return Opened(new StoreConnection(ConnectionString, this));
    }

    /// <summary>A connection for reading, with its statements prepared by earlier reads; disposing it keeps it for later ones.</summary>
    /// <inheritdoc cref="Open" path="/exception" />
    internal SqliteSession Read() => _readers.Rent();

    internal static string IdOf(SqliteConnection connection)
    {
        using var session = new SqliteSession(connection, owned: false);
        return (string)session.Scalar("SELECT id FROM journal_stamp")!;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Statements of this assembly only.")]
    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A connection of the writer's own, which waits for the disk as the options say.</summary>
    internal SqliteConnection OpenForWriting()
    {
        CheckFile();
        return SetUp(Opened(new StoreConnection(Connect(SqliteOpenMode.ReadWrite, pooled: false), this)));
    }

    /// <summary>Throws where the path does not lead to the file that was opened.</summary>
    internal void CheckFile()
    {
        if (FileIdentity.Of(Path) is var now && now != _file)
        {
            throw Fail(now is null ? SqliteTrouble.Gone(Path) : SqliteTrouble.Replaced(Path));
        }
    }

    /// <summary>Throws where the journal was written less often than was acknowledged.</summary>
    internal void CheckCommits()
    {
        var acknowledged = Mark?.Commits; // Before the journal: the writer goes on meanwhile.
        using var session = Read();
        if ((long)session.Scalar("SELECT commits FROM journal_stamp")! < acknowledged)
        {
            throw Fail(SqliteTrouble.Overwritten(Path));
        }
    }

    /// <summary>Notes trouble; what to throw for it.</summary>
    internal StorageUnavailableException Fail(StorageTrouble trouble, Exception? cause = null)
    {
        if (_trouble is not { Lasts: true })
        {
            _trouble = trouble;
        }

        return new StorageUnavailableException(trouble.Message, cause!);
    }

    /// <summary>Notes the trouble of an error. False where it is one of a statement, not of the file.</summary>
    internal bool TryFail(SqliteException error, [NotNullWhen(true)] out StorageUnavailableException? failure)
    {
        failure = SqliteTrouble.Of(error, Path) is { } trouble ? Fail(trouble, error) : null;
        return failure is not null;
    }

    /// <summary>The file was written: what does not last is over.</summary>
    internal void Recover()
    {
        if (_trouble is { } trouble && SqliteTrouble.IsOver(trouble, Path))
        {
            _trouble = null;
        }
    }

    /// <inheritdoc />
    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    /// <inheritdoc />
    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return SetUp(connection);
    }

    /// <inheritdoc />
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        new(OpenDbConnection());

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _readers.Dispose();
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
            Scrub.Dispose();
            Mark?.Dispose();
        }

        base.Dispose(disposing);
    }

    private StoreConnection Opened(StoreConnection connection)
    {
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw TryFail(e, out var failure) ? failure : e;
        }
    }

    private SqliteConnection SetUp(SqliteConnection connection)
    {
        Execute(connection, $"PRAGMA synchronous = {(_options.FullySynchronous ? "FULL" : "NORMAL")}");
        Execute(connection, "PRAGMA secure_delete = ON"); // What is deleted is overwritten: it may have been somebody's.
        return connection;
    }

    private string Connect(SqliteOpenMode mode, bool pooled) => new SqliteConnectionStringBuilder
    {
        DataSource = _options.Path,
        Mode = mode,
        Pooling = pooled,
        DefaultTimeout = (int)Math.Max(1, _options.LockWait.TotalSeconds),
    }.ToString();
}
