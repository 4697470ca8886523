using Microsoft.Data.Sqlite;

namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>A copy of a store's database as it lies on the disk at this moment, so that looking at it changes nothing.</summary>
internal sealed class StoreCopy : IDisposable
{
    private readonly string _folder = Running.Service.NewFolder();
    private readonly SqliteConnection _connection;

    public StoreCopy(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "clv.db*"))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        _connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "clv.db")};Pooling=False");
        _connection.Open();
    }

    /// <summary>How often the message ids of all events are there: those of customers, and those that wait.</summary>
    public IReadOnlyDictionary<string, int> Messages()
    {
        var tables = Rows(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'message_id' WHERE m.type = 'table' AND "
                + "m.name <> 'dead_letters'",
            r => r.GetString(0));
        return tables.SelectMany(t => Rows($"SELECT message_id FROM {t}", r => r.GetString(0))).GroupBy(id => id)
            .ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>Customers whose events are not numbered 1, 2, 3, ...</summary>
    public IReadOnlyList<string> Gaps() => Rows(
        "SELECT customer FROM events GROUP BY store, customer HAVING count(*) <> max(sequence) OR min(sequence) <> 1", r => r.GetString(0));

    /// <summary>What SQLite finds wrong with the file; "ok" alone where nothing is.</summary>
    public string Integrity() => string.Join('\n', Rows("PRAGMA integrity_check", r => r.GetString(0)));

    /// <summary>The first column of what a query gives.</summary>
    public long Count(string sql) => Rows(sql, r => r.GetInt64(0))[0];

    /// <summary>The first column of what a query gives, as texts.</summary>
    public IReadOnlyList<string> Texts(string sql) => Rows(sql, r => r.GetString(0));

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read) => SqliteRows.Read(_connection, sql, read);
}
