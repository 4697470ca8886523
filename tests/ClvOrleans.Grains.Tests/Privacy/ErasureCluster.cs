using System.Text;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Grains.Tests.Privacy;

/// <summary>Two silos whose storage can be read byte by byte.</summary>
public class ErasureCluster : StoreCluster
{
    /// <summary>The tables of the storage, in small letters.</summary>
    public virtual Task<IReadOnlyCollection<string>> TablesAsync()
    {
        using var journal = OpenJournal();
        using var snapshots = Snapshots.Open();
        return Task.FromResult<IReadOnlyCollection<string>>([.. TablesOf(journal), .. TablesOf(snapshots)]);
    }

    private static List<string> TablesOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT lower(name) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        using var rows = command.ExecuteReader();
        var tables = new List<string>();
        while (rows.Read())
        {
            tables.Add(rows.GetString(0));
        }

        return tables;
    }

    /// <summary>Everything that the storage keeps: of files their bytes, of a database the rows of its tables.</summary>
    public virtual Task<string> DumpAsync()
    {
        var text = new StringBuilder();
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(JournalPath)!))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            text.Append(Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)).Append('\n');
        }

        return Task.FromResult(text.ToString());
    }
}
