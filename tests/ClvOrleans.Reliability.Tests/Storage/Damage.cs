using Microsoft.Data.Sqlite;

namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>What happens to files.</summary>
internal static class Damage
{
    private const int Page = 4096;

    /// <summary>Overwrites a part of a file, given in pages; the last ones where the first is negative.</summary>
    public static void Smash(string path, int firstPage, int pages)
    {
        using var file = File.OpenWrite(path);
        file.Position = firstPage >= 0 ? (long)firstPage * Page : file.Length + ((long)firstPage * Page);
        for (var i = 0; i < pages * Page && file.Position < file.Length; i += 4)
        {
            file.Write([0xDE, 0xAD, 0xBE, 0xEF]);
        }
    }

    public static void Halve(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2 / Page * Page);
    }

    public static int Pages(string path) => (int)(new FileInfo(path).Length / Page);

    /// <summary>Deletes a file of SQLite with what belongs to it.</summary>
    public static void Delete(string path)
    {
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
        {
            File.Delete(file);
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Statements of the tests only.")]
    public static void Run(string path, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var rows = command.ExecuteNonQuery();
        Assert.True(rows > 0 || sql.Contains("DROP TABLE", StringComparison.Ordinal), $"Nothing was changed by {sql}");
    }

    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=10");
        connection.Open();
        return connection;
    }
}
