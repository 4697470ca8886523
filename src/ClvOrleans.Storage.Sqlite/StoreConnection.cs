using Microsoft.Data.Sqlite;

namespace ClvOrleans.Storage.Sqlite;

/// <summary>A connection that knows whose file it reads, so that its errors are told to the file's health.</summary>
internal sealed class StoreConnection(string connectionString, SqliteDatabase database) : SqliteConnection(connectionString)
{
    public SqliteDatabase Owner => database;
}
