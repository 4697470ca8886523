using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Tests;

/// <summary>What a query of a test gives, row by row.</summary>
internal static class SqliteRows
{
    [SuppressMessage("Security", "CA2100", Justification = "Queries of this repository.")]
    public static List<T> Read<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var list = new List<T>();
        while (rows.Read())
        {
            list.Add(read(rows));
        }

        return list;
    }
}
