using System.Buffers;
using System.IO.Compression;

namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>A backup as a target: a folder that has its name only once it is whole.</summary>
public sealed class BackupWriter : ICopyTarget
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private ICopySource? _source;
    private (StoreTable Table, FileStream File, GZipStream Rows)? _open;
    private DateTimeOffset _takenAt;

    private BackupWriter(string folder, IReadOnlyList<StoreTable> tables, TimeProvider time) =>
        (_folder, Tables, _time) = (folder, tables, time);

    /// <inheritdoc />
    public IReadOnlyList<StoreTable> Tables { get; }

    private string Partial => _folder.TrimEnd(Path.DirectorySeparatorChar) + ".partial";

    /// <summary>A backup of a source.</summary>
    /// <param name="folder">The folder, which is not there yet.</param>
    /// <param name="source">What is backed up.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StorageUnavailableException">The folder is there.</exception>
    public static BackupWriter Create(string folder, ICopySource source, TimeProvider time) => Path.Exists(folder)
        ? throw new StorageUnavailableException($"{folder} exists already: name a folder that does not, such as one with today's date.")
        : new BackupWriter(Path.GetFullPath(folder), source.Tables, time);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, long>> BeginAsync(ICopySource source, CancellationToken cancellation = default)
    {
        (_source, _takenAt) = (source, _time.GetUtcNow());
        if (Directory.Exists(Partial))
        {
            Directory.Delete(Partial, recursive: true);
        }

        Directory.CreateDirectory(Partial);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Partial, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // Personal data.
        }

        foreach (var table in Tables)
        {
            Open(table);
        }

        Close();
        return Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>());
    }

    /// <inheritdoc />
    public async Task WriteAsync(StoreTable table, IReadOnlyList<object?[]> rows, long before, CancellationToken cancellation = default)
    {
        if (_open?.Table.Name != table.Name)
        {
            Open(table);
        }

        var bytes = new ArrayBufferWriter<byte>(1 << 16);
        foreach (var row in rows)
        {
            bytes.GetSpan(1)[0] = 1;
            bytes.Advance(1);
            RowFormat.Write(row, bytes);
        }

        await _open!.Value.Rows.WriteAsync(bytes.WrittenMemory, cancellation);
    }

    /// <inheritdoc />
    public Task FinishAsync(CancellationToken cancellation = default)
    {
        Close();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<ICopySource> ReopenAsync(CancellationToken cancellation = default) =>
        Task.FromResult<ICopySource>(new BackupFiles(Partial, Tables));

    /// <inheritdoc />
    public Task CompleteAsync(IReadOnlyList<CopiedTable> tables, CancellationToken cancellation = default)
    {
        new BackupManifest(BackupManifest.CurrentFormat, _source!.Name, _source.Id, _takenAt, [.. tables]).Write(Partial);
        Directory.Move(Partial, _folder);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _open?.Rows.Dispose();
        _open?.File.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Open(StoreTable table)
    {
        Close();
        var file = new FileStream(Path.Combine(Partial, BackupManifest.FileOf(table.Name)), FileMode.Create, FileAccess.Write);
        _open = (table, file, new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true));
    }

    // A file that was cut short lacks its last byte.
    private void Close()
    {
        if (_open is { } open)
        {
            open.Rows.WriteByte(0);
            open.Rows.Dispose();
            open.File.Flush(flushToDisk: true);
            open.File.Dispose();
            _open = null;
        }
    }
}
