using System.Collections.Concurrent;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Storage.ImportFiles;

namespace ClvOrleans.Grains.Tests.ImportJobs;

/// <summary>Files one chunk of which is read the first time only when a test lets it.</summary>
internal sealed class HeldFiles(IImportFiles files) : IImportFiles
{
    private readonly ConcurrentDictionary<(StoreId, int), bool> _seen = [];
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _let = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The chunk that is held.</summary>
    public int Chunk { get; init; }

    /// <summary>Completes when the chunk is asked for.</summary>
    public Task Held => _held.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Let() => _let.TrySetResult();

    public async Task<byte[]?> ReadAsync(StoreId store, string file, int number, CancellationToken cancellation = default)
    {
        if (number == Chunk && _seen.TryAdd((store, number), true))
        {
            _held.TrySetResult();
            await _let.Task;
        }

        return await files.ReadAsync(store, file, number, cancellation);
    }

    public Task PutAsync(
        StoreId store, string file, int number, ReadOnlyMemory<byte> bytes, DateTimeOffset at, CancellationToken cancellation = default) =>
        files.PutAsync(store, file, number, bytes, at, cancellation);

    public Task DeleteAsync(StoreId store, string file, CancellationToken cancellation = default) =>
        files.DeleteAsync(store, file, cancellation);

    public Task<IReadOnlyList<string>> ListAsync(StoreId store, DateTimeOffset since, CancellationToken cancellation = default) =>
        files.ListAsync(store, since, cancellation);
}
