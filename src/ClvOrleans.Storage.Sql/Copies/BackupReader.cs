using System.Runtime.CompilerServices;

namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>A backup as a source. A row that is damaged or missing is found when its table has been read.</summary>
public sealed class BackupReader : ICopySource
{
    private readonly BackupFiles _files;

    /// <summary>Opens a backup.</summary>
    /// <exception cref="StorageUnavailableException">There is none that this version reads.</exception>
    public BackupReader(string folder)
    {
        Manifest = BackupManifest.Read(folder);
        _files = new BackupFiles(folder, [.. Manifest.Tables.Select(t => new StoreTable(t.Name, t.Columns))]);
    }

    /// <summary>What it holds.</summary>
    public BackupManifest Manifest { get; }

    /// <inheritdoc />
    public string Name => _files.Name;

    /// <inheritdoc />
    public string Id => $"backup {Manifest.Id}";

    /// <inheritdoc />
    public IReadOnlyList<StoreTable> Tables => _files.Tables;

    /// <inheritdoc />
    public async IAsyncEnumerable<object?[]> ReadAsync(StoreTable table, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var (expected, tally) = (Manifest.Tables.First(t => t.Name == table.Name), new TableTally(table));
        await foreach (var row in _files.ReadAsync(table, cancellation))
        {
            tally.Add(row);
            yield return row;
        }

        if (tally.ToTable() is var found && (found.Rows, found.Digest) != (expected.Rows, expected.Digest))
        {
            throw new StorageUnavailableException($"{Name} does not hold what was written to its table {table.Name}: use another one.");
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _files.DisposeAsync();
}
