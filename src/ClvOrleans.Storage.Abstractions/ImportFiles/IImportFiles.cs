using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.ImportFiles;

/// <summary>
/// Files that are kept while they are imported, in chunks, so that any silo can read them. What else is to be written goes before a chunk.
/// </summary>
public interface IImportFiles
{
    /// <summary>How many bytes a chunk has at most.</summary>
    public const int MostOfChunk = 1 << 20;

    /// <summary>Keeps a chunk, in place of the one of this number where there is one. It is durable when the task completes.</summary>
    /// <param name="store">The store.</param>
    /// <param name="file">Name of the file.</param>
    /// <param name="number">Number of the chunk, from 0.</param>
    /// <param name="bytes">At most <see cref="MostOfChunk"/> bytes.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentException">The chunk is too large.</exception>
    Task PutAsync(
        StoreId store, string file, int number, ReadOnlyMemory<byte> bytes, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>A chunk; null where the file has none of this number.</summary>
    Task<byte[]?> ReadAsync(StoreId store, string file, int number, CancellationToken cancellation = default);

    /// <summary>Deletes a file, a chunk at a time; there may be none.</summary>
    Task DeleteAsync(StoreId store, string file, CancellationToken cancellation = default);

    /// <summary>The files that have had no chunk since then.</summary>
    Task<IReadOnlyList<string>> ListAsync(StoreId store, DateTimeOffset since, CancellationToken cancellation = default);
}
