using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.ImportFiles;

namespace ClvOrleans.Storage.Sqlite;

/// <inheritdoc cref="IImportFiles" />
public sealed class SqliteImportFiles(SqliteDatabase database, SqliteWriter writer) : IImportFiles
{
    private readonly SqliteWriter _writer = writer;

    /// <inheritdoc />
    public async Task PutAsync(
        StoreId store, string file, int number, ReadOnlyMemory<byte> bytes, DateTimeOffset at, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, IImportFiles.MostOfChunk);
        cancellation.ThrowIfCancellationRequested();
        var kept = bytes.ToArray();
        await _writer.WriteLaterAsync(session => session.Run(
            "INSERT INTO import_chunks (store, file, number, written_at, bytes) VALUES ($store, $file, $number, $at, $bytes) "
                + "ON CONFLICT (store, file, number) DO UPDATE SET written_at = $at, bytes = $bytes",
            ("$store", store.Value), ("$file", file), ("$number", number), ("$at", at.ToUnixTimeMilliseconds()), ("$bytes", kept)));
    }

    /// <inheritdoc />
    public Task<byte[]?> ReadAsync(StoreId store, string file, int number, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult((byte[]?)session.Scalar(
            "SELECT bytes FROM import_chunks WHERE store = $store AND file = $file AND number = $number",
            ("$store", store.Value), ("$file", file), ("$number", number)));
    }

    /// <inheritdoc />
    public async Task DeleteAsync(StoreId store, string file, CancellationToken cancellation = default)
    {
        var deleted = 1;
        while (deleted > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            await _writer.WriteLaterAsync(session => deleted = session.Run(
                "DELETE FROM import_chunks WHERE rowid = (SELECT rowid FROM import_chunks WHERE store = $store AND file = $file LIMIT 1)",
                ("$store", store.Value), ("$file", file)));
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListAsync(StoreId store, DateTimeOffset since, CancellationToken cancellation = default)
    {
        using var session = database.Read();
        return Task.FromResult<IReadOnlyList<string>>(session.Read(
            "SELECT file FROM import_chunks WHERE store = $store GROUP BY file HAVING max(written_at) < $since ORDER BY file",
            row => row.GetString(0), ("$store", store.Value), ("$since", since.ToUnixTimeMilliseconds())));
    }
}
