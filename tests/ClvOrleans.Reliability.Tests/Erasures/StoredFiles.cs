using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Reliability.Tests.Erasures;

/// <summary>SQLite's files in a folder, with all else that a service keeps there.</summary>
internal sealed class StoredFiles(string folder) : IStoredRows
{
    private const string Lock = "lock"; // Of the running service alone, and empty.

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    [SuppressMessage("Security", "CA2100", Justification = "Queries of the drill only.")]
    public Task<long> CountAsync(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "clv.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Task.FromResult((long)command.ExecuteScalar()!);
    }

    public async Task<bool> HoldsAsync(string text)
    {
        var wanted = Encoding.UTF8.GetBytes(text);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(p => Path.GetFileName(p) != Lock))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            if (bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(wanted) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        // The folder is the service's.
    }
}
