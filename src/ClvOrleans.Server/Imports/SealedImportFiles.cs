using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.ImportFiles;

namespace ClvOrleans.Server.Imports;

/// <summary>
/// Files that are kept while they are imported: of a store with pseudonyms encrypted (AES-GCM) by a key that follows from that of the
/// pseudonyms, for they name people and lie in the database until the import ends.
/// </summary>
/// <param name="files">Where they are kept.</param>
/// <param name="pseudonyms">The pseudonyms of a store; null where it has none.</param>
internal sealed class SealedImportFiles(IImportFiles files, Func<StoreId, Pseudonyms?> pseudonyms) : IImportFiles
{
    /// <summary>How many bytes a chunk has at most.</summary>
    public const int MostOfChunk = IImportFiles.MostOfChunk - NonceLength - TagLength;

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const string Use = "import-files";

    /// <inheritdoc />
    public Task PutAsync(
        StoreId store, string file, int number, ReadOnlyMemory<byte> bytes, DateTimeOffset at, CancellationToken cancellation = default) =>
        files.PutAsync(
            store, file, number, pseudonyms(store) is { } keyed ? Seal(keyed, NameOf(file, number), bytes.Span) : bytes, at, cancellation);

    /// <inheritdoc />
    public async Task<byte[]?> ReadAsync(StoreId store, string file, int number, CancellationToken cancellation = default)
    {
        var kept = await files.ReadAsync(store, file, number, cancellation);
        return kept is not null && pseudonyms(store) is { } keyed ? Open(keyed, NameOf(file, number), kept) : kept;
    }

    /// <inheritdoc />
    public Task DeleteAsync(StoreId store, string file, CancellationToken cancellation = default) =>
        files.DeleteAsync(store, file, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListAsync(StoreId store, DateTimeOffset since, CancellationToken cancellation = default) =>
        files.ListAsync(store, since, cancellation);

    private static byte[] Seal(Pseudonyms keyed, byte[] name, ReadOnlySpan<byte> bytes)
    {
        var kept = new byte[NonceLength + TagLength + bytes.Length];
        var nonce = kept.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(keyed.KeyFor(Use), TagLength);
        cipher.Encrypt(nonce, bytes, kept.AsSpan(NonceLength + TagLength), kept.AsSpan(NonceLength, TagLength), name);
        return kept;
    }

    private static byte[] Open(Pseudonyms keyed, byte[] name, byte[] kept)
    {
        var bytes = new byte[kept.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(keyed.KeyFor(Use), TagLength);
        cipher.Decrypt(
            kept.AsSpan(0, NonceLength), kept.AsSpan(NonceLength + TagLength), kept.AsSpan(NonceLength, TagLength), bytes, name);
        return bytes;
    }

    // A chunk in the place of another is no chunk.
    private static byte[] NameOf(string file, int number) => Encoding.UTF8.GetBytes($"{file}/{number}");
}
