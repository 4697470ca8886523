using ClvOrleans.Domain.Stores;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Checks;

/// <summary>The files of a store, open for reading, as of one moment.</summary>
internal sealed class CheckedStore : IDisposable
{
    private readonly SqliteTransaction _moment;

    private CheckedStore(string path, SqliteSession journal, StoreSettings settings)
    {
        (Path, Journal, Settings) = (path, journal, settings);
        Mark = JournalMark.Read(JournalMark.PathOf(path)); // Before the journal, which may be written meanwhile.
        _moment = journal.Connection.BeginTransaction(deferred: true);
        journal.Transaction = _moment;
    }

    /// <summary>Path of the journal.</summary>
    public string Path { get; }

    /// <summary>The journal.</summary>
    public SqliteSession Journal { get; }

    /// <summary>The settings of the store that is looked at.</summary>
    public StoreSettings Settings { get; set; }

    /// <summary>What was acknowledged before the moment, as the mark beside the journal says.</summary>
    public (string Journal, long Commits, bool Durable)? Mark { get; }

    /// <summary>Path of the snapshots.</summary>
    public string SnapshotsPath => SqliteStore.SnapshotsIn(System.IO.Path.GetDirectoryName(Path)!);

    public static CheckedStore Open(string folder, StoreSettings settings)
    {
        var path = SqliteStore.JournalIn(folder);
        if (SqliteFile.IsNew(path))
        {
            throw new StorageUnavailableException($"{path} is missing or empty: there is no store to check; name its folder with --data.");
        }

        try
        {
            SqliteFile.CheckBeforeOpening(path);
            var connection = Connect(path);
            SqliteMigrations.Check(connection, SqliteSchema.Journal, path);
            return new CheckedStore(path, new SqliteSession(connection), settings);
        }
        catch (SqliteException e)
        {
            throw new StorageUnavailableException(SqliteTrouble.Of(e, path)?.Message ?? $"{path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>A connection that only reads.</summary>
    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Whether the journal has a table: one of an older version may lack it until it is served again.</summary>
    public bool Has(string table) =>
        Journal.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name", ("$name", table)) is not null;

    /// <summary>How many shards the store has that is looked at.</summary>
    public ShardCount FindShards() => Has("store_shards")
        ? Journal.Shards.FindAsync(Journal, Settings.Id).AsTask().GetAwaiter().GetResult()
        : ShardCount.Default;

    /// <summary>Rows of a query, streamed.</summary>
    public IEnumerable<SqliteDataReader> Rows(string sql, params (string Name, object? Value)[] parameters)
    {
        using var rows = Journal.Query(sql, parameters);
        while (rows.Read())
        {
            yield return rows;
        }
    }

    public void Dispose()
    {
        _moment.Dispose();
        Journal.Dispose();
    }
}
