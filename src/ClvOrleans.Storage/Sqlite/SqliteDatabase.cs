using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>The embedded database: its migrations, and connections that are set up alike. A data source for Orleans' grain storage too.</summary>
public sealed class SqliteDatabase : DbDataSource
{
    private readonly SqliteOptions _options;

    /// <summary>Opens the file, or makes it, and brings its tables up to date.</summary>
    public SqliteDatabase(SqliteOptions options)
    {
        _options = options;
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = options.Path, Pooling = true }.ToString();
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Migrate(connection, options.Schema);
    }

    /// <inheritdoc />
    public override string ConnectionString { get; }

    /// <summary>An open connection.</summary>
    public SqliteConnection Open() => (SqliteConnection)OpenConnection();

    /// <inheritdoc />
    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    /// <inheritdoc />
    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Execute(connection, $"PRAGMA synchronous = {(_options.FullySynchronous ? "FULL" : "NORMAL")}; PRAGMA busy_timeout = 5000");
        return connection;
    }

    /// <inheritdoc />
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) => new(OpenDbConnection());

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }

    private static void Migrate(SqliteConnection connection, SqliteSchema schema)
    {
        Execute(connection, "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY)");
        var assembly = typeof(SqliteDatabase).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(n => n.StartsWith($"{schema}/", StringComparison.Ordinal));
        foreach (var name in scripts.Order(StringComparer.Ordinal))
        {
            using var transaction = connection.BeginTransaction();
            using var applied = connection.CreateCommand();
            applied.CommandText = "INSERT INTO schema_migrations VALUES ($name) ON CONFLICT DO NOTHING";
            applied.Parameters.AddWithValue("$name", name);
            if (applied.ExecuteNonQuery() == 1)
            {
                using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
                Execute(connection, script.ReadToEnd());
            }

            transaction.Commit();
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Scripts of this assembly only.")]
    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
