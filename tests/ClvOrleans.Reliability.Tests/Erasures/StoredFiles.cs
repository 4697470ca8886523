using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ClvOrleans.Reliability.Tests.Erasures;

/// <summary>SQLite's files in a folder, with all else that a service keeps there.</summary>
internal sealed class StoredFiles(string folder) : IStoredRows
{
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

    public Task<bool> HoldsAsync(string text) => Task.FromResult(FileSearch.Find(folder, text).Any());

    public void Dispose()
    {
        // The folder is the service's.
    }
}
