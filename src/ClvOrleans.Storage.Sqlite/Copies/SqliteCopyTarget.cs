using ClvOrleans.Storage.Sql.Copies;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Copies;

/// <summary>A new journal in a folder that has none. It is written beside its place, and put there once it is whole.</summary>
public sealed class SqliteCopyTarget : ICopyTarget
{
    private readonly string _folder;
    private readonly string _beside;
    private SqliteConnection? _connection;

    private SqliteCopyTarget(string folder, string beside) => (_folder, _beside) = (folder, beside);

    /// <inheritdoc />
    public IReadOnlyList<StoreTable> Tables { get; private set; } = [];

    /// <summary>Makes the tables.</summary>
    /// <exception cref="StorageUnavailableException">There is a journal already, or the folder cannot be written.</exception>
    public static async Task<SqliteCopyTarget> CreateAsync(string folder)
    {
        if (Array.Find(
            [SqliteStore.JournalIn(folder), JournalMark.PathOf(SqliteStore.JournalIn(folder)), SqliteStore.SnapshotsIn(folder)],
            Path.Exists)
            is { } there)
        {
            throw new StorageUnavailableException($"{there} exists already: name an empty folder with --data.");
        }

        var beside = Path.Combine(folder, "copying");
        try
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true); // One that broke off.
            }

            Directory.CreateDirectory(beside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"{folder} cannot be written: {e.Message}", e);
        }

        await SqliteStore.Open(beside, fullySynchronous: false).DisposeAsync();
        var target = new SqliteCopyTarget(folder, beside);
        target._connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = SqliteStore.JournalIn(beside), Pooling = false }.ToString());
        target._connection.Open();
        SqliteDatabase.Execute(target._connection, "PRAGMA synchronous = OFF"); // Until it is whole, it is nothing.
        using var session = new SqliteSession(target._connection, owned: false);
        target.Tables = SqliteCopySource.TablesOf(session);
        return target;
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, long>> BeginAsync(ICopySource source, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>());

    /// <inheritdoc />
    public Task WriteAsync(StoreTable table, IReadOnlyList<object?[]> rows, long before, CancellationToken cancellation = default)
    {
        using var transaction = _connection!.BeginTransaction();
        using var insert = _connection.CreateCommand();
#pragma warning disable CA2100 // Names of this version's own tables.
        insert.CommandText =
            $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) "
                + $"VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$c{i}"))})";
#pragma warning restore CA2100
        var values = table.Columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter { ParameterName = $"$c{i}" })).ToArray();
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < row.Length; i++)
            {
                values[i].Value = row[i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task FinishAsync(CancellationToken cancellation = default)
    {
        SqliteDatabase.Execute(_connection!, "PRAGMA synchronous = FULL");
        SqliteDatabase.Execute(_connection!, "PRAGMA wal_checkpoint(TRUNCATE)");
        _connection!.Dispose();
        using var file = File.OpenHandle(SqliteStore.JournalIn(_beside), FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<ICopySource> ReopenAsync(CancellationToken cancellation = default) =>
        Task.FromResult<ICopySource>(SqliteCopySource.Open(_beside));

    /// <inheritdoc />
    public Task CompleteAsync(IReadOnlyList<CopiedTable> tables, CancellationToken cancellation = default)
    {
        var (journal, place) = (SqliteStore.JournalIn(_beside), SqliteStore.JournalIn(_folder));
        File.Move(journal, place); // First: a mark without its journal would keep the store from being served.
        File.Move(JournalMark.PathOf(journal), JournalMark.PathOf(place));
        Directory.Delete(_beside, recursive: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        return ValueTask.CompletedTask;
    }
}
