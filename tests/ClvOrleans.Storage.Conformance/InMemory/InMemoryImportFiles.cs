using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.ImportFiles;

namespace ClvOrleans.Storage.Conformance.InMemory;

/// <inheritdoc />
internal sealed class InMemoryImportFiles(InMemoryStorage storage) : IImportFiles
{
    public Task PutAsync(
        StoreId store, string file, int number, ReadOnlyMemory<byte> bytes, DateTimeOffset at, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, IImportFiles.MostOfChunk);
        return storage.ChangeAsync(state => state with
        {
            ImportChunks = state.ImportChunks.SetItem((store, file, number), (at, bytes.ToArray())),
        });
    }

    public Task<byte[]?> ReadAsync(StoreId store, string file, int number, CancellationToken cancellation = default) =>
        storage.ReadAsync(state => state.ImportChunks.TryGetValue((store, file, number), out var chunk) ? chunk.Bytes : null);

    public Task DeleteAsync(StoreId store, string file, CancellationToken cancellation = default) =>
        storage.ChangeAsync(state => state with
        {
            ImportChunks = state.ImportChunks.RemoveRange(state.ImportChunks.Keys.Where(k => k.Store == store && k.File == file)),
        });

    public Task<IReadOnlyList<string>> ListAsync(StoreId store, DateTimeOffset since, CancellationToken cancellation = default) =>
        storage.ReadAsync<IReadOnlyList<string>>(state =>
        [
            .. state.ImportChunks.Where(c => c.Key.Store == store).GroupBy(c => c.Key.File)
                .Where(f => f.Max(c => c.Value.At) < since).Select(f => f.Key).Order(StringComparer.Ordinal),
        ]);
}
