using System.Globalization;
using System.Runtime.CompilerServices;
using ClvOrleans.Storage.Sql.Copies;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite.Copies;

/// <summary>The journal of a folder as of the moment of its opening; it may be served meanwhile.</summary>
public sealed class SqliteCopySource : ICopySource
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _moment;

    private SqliteCopySource(string path, SqliteConnection connection)
    {
        (Name, _connection) = (path, connection);
        _moment = connection.BeginTransaction(deferred: true);
        using var session = Session();
        (Id, Tables) = (
            session.Read("SELECT id, commits FROM journal_stamp", row => string.Create(
                CultureInfo.InvariantCulture, $"journal {row.GetString(0)} after {row.GetInt64(1)} transactions"))[0],
            TablesOf(session));
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public string Id { get; }

    /// <inheritdoc />
    public IReadOnlyList<StoreTable> Tables { get; }

    /// <summary>Opens the journal of a folder.</summary>
    /// <exception cref="StorageUnavailableException">There is none of this version.</exception>
    public static SqliteCopySource Open(string folder)
    {
        var path = SqliteStore.JournalIn(folder);
        if (SqliteFile.IsNew(path))
        {
            throw new StorageUnavailableException($"{path} is missing or empty: there is no store; name its folder with --data.");
        }

        try
        {
            SqliteFile.CheckBeforeOpening(path);
            var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            var missing = SqliteMigrations.Of(SqliteSchema.Journal).Except(SqliteMigrations.Check(connection, SqliteSchema.Journal, path));
            if (missing.Any())
            {
                connection.Dispose();
                throw new StorageUnavailableException(
                    $"{path} is of an earlier version of clv: serve it once with this version, which upgrades it, or use that version.");
            }

            return new SqliteCopySource(path, connection);
        }
        catch (SqliteException e)
        {
            throw new StorageUnavailableException(SqliteTrouble.Of(e, path)?.Message ?? $"{path} cannot be opened: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<object?[]> ReadAsync(StoreTable table, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var session = Session();
        var key = session.Read(
            $"SELECT name FROM pragma_table_info('{table.Name}') WHERE pk > 0 ORDER BY pk", row => row.GetString(0));
        using var rows = session.Query(
            $"SELECT {string.Join(", ", table.Columns)} FROM {table.Name} ORDER BY {(key.Count == 0 ? "rowid" : string.Join(", ", key))}");
        while (session.Next(rows))
        {
            cancellation.ThrowIfCancellationRequested();
            var row = new object?[table.Columns.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = rows.GetValue(i) is var value && value is DBNull ? null : value;
            }

            yield return row;
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _moment.Dispose();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static IReadOnlyList<StoreTable> TablesOf(SqliteSession session) =>
    [
        .. session.Read("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", row => row.GetString(0))
            .Where(StoreTable.IsCopied)
            .Select(name => StoreTable.Of(name, session.Read($"SELECT name FROM pragma_table_info('{name}')", row => row.GetString(0)))),
    ];

    private SqliteSession Session() => new(_connection, owned: false) { Transaction = _moment };
}
