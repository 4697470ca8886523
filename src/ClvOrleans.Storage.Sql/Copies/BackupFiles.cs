using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>The rows in the files of a backup's folder.</summary>
internal sealed class BackupFiles(string folder, IReadOnlyList<StoreTable> tables) : ICopySource
{
    public string Name => $"The backup {folder}";

    public string Id => folder;

    public IReadOnlyList<StoreTable> Tables => tables;

    public async IAsyncEnumerable<object?[]> ReadAsync(StoreTable table, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var path = Path.Combine(folder, BackupManifest.FileOf(table.Name));
        await using var rows = Rows(path, table.Columns.Length).ToAsyncEnumerable().GetAsyncEnumerator(cancellation);
        while (await TryAsync(path, rows))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return rows.Current;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<object?[]> Rows(string path, int columns)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new BinaryReader(new BufferedStream(file, 1 << 16));
        while (reader.ReadByte() == 1)
        {
            yield return RowFormat.Read(reader, columns);
        }
    }

    private static async ValueTask<bool> TryAsync(string path, IAsyncEnumerator<object?[]> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"{path} cannot be read to its end ({e.Message.TrimEnd('.')}): use another backup.", e);
        }
    }
}
