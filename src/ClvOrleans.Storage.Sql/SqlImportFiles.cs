using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.ImportFiles;

namespace ClvOrleans.Storage.Sql;

/// <inheritdoc cref="IImportFiles" />
public sealed class SqlImportFiles(ISqlDatabase database) : IImportFiles
{
    /// <inheritdoc />
    public async Task PutAsync(
        StoreId store, string file, int number, ReadOnlyMemory<byte> bytes, DateTimeOffset at, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, IImportFiles.MostOfChunk);
        cancellation.ThrowIfCancellationRequested();
        var kept = bytes.ToArray();
        await database.WriteLaterAsync(ScopeOf(store, file), async session => await session.RunAsync(
            "INSERT INTO import_chunks (store, file, number, written_at, bytes) VALUES ($store, $file, $number, $at, $bytes) "
                + "ON CONFLICT (store, file, number) DO UPDATE SET written_at = excluded.written_at, bytes = excluded.bytes",
            ("$store", store.Value), ("$file", file), ("$number", number), ("$at", at.ToUnixTimeMilliseconds()), ("$bytes", kept)));
    }

    /// <inheritdoc />
    public async Task<byte[]?> ReadAsync(StoreId store, string file, int number, CancellationToken cancellation = default)
    {
        await using var session = await database.OpenAsync(cancellation);
        return (byte[]?)await session.ScalarAsync(
            "SELECT bytes FROM import_chunks WHERE store = $store AND file = $file AND number = $number",
            ("$store", store.Value), ("$file", file), ("$number", number));
    }

    /// <inheritdoc />
    public async Task DeleteAsync(StoreId store, string file, CancellationToken cancellation = default)
    {
        var deleted = 1;
        while (deleted > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            await database.WriteLaterAsync(ScopeOf(store, file), async session => deleted = await session.RunAsync(
                "DELETE FROM import_chunks WHERE store = $store AND file = $file "
                    + "AND number = (SELECT min(number) FROM import_chunks WHERE store = $store AND file = $file)",
                ("$store", store.Value), ("$file", file)));
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListAsync(
        StoreId store, DateTimeOffset since, CancellationToken cancellation = default) => database.ReadAsync(
        "SELECT file FROM import_chunks WHERE store = $store GROUP BY file HAVING max(written_at) < $since ORDER BY file",
        row => row.GetString(0), ("$store", store.Value), ("$since", since.ToUnixTimeMilliseconds()));

    private static string ScopeOf(StoreId store, string file) => $"import-files/{store}/{file}";
}
