using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.ImportFiles;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Imports;

/// <summary>Brings uploaded files to the store, where the jobs that import them find them.</summary>
internal sealed class ImportSpool(IImportFiles files, OneStore store, IOptions<ImportLimits> limits, TimeProvider time)
{
    private readonly SealedImportFiles _files = new(files, _ => store.Settings.Pseudonyms);

    private StoreId Store => store.Settings.Id;

    /// <summary>Takes a whole file, and looks whether it can be read. Nothing stays of one that breaks off or cannot be.</summary>
    /// <param name="body">The file.</param>
    /// <param name="length">How many bytes will come, where that is known.</param>
    /// <param name="request">What was said of it.</param>
    /// <param name="refusals">Whether all refused lines are to be kept.</param>
    /// <param name="cancellation">The end of the upload.</param>
    /// <exception cref="ImportTooLargeException">It is larger than is taken.</exception>
    /// <exception cref="ImportRequestException">The format has to be given.</exception>
    /// <exception cref="HistoryFormatException">The file as a whole cannot be read.</exception>
    public async Task<ImportJob> TakeAsync(
        Stream body, long? length, ImportRequest request, bool refusals, CancellationToken cancellation)
    {
        CheckLength(length ?? 0);
        var file = $"{Guid.CreateVersion7(time.GetUtcNow()):N}";
        try
        {
            var (chunks, bytes) = await PutAsync(file, body, cancellation);
            await Task.Run(() => Check(file, chunks, bytes, request), cancellation);
            return new ImportJob(file, chunks, bytes, request.Options, refusals);
        }
        catch
        {
            await _files.DeleteAsync(Store, file, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Sends the refused lines of an import that has ended, and deletes them.</summary>
    public async Task SendRefusedAsync(ImportJob job, Stream target, CancellationToken cancellation)
    {
        for (var number = 0; await _files.ReadAsync(Store, job.RefusedFile, number, cancellation) is { } chunk; number++)
        {
            await target.WriteAsync(chunk, cancellation);
        }

        await _files.DeleteAsync(Store, job.RefusedFile, cancellation);
    }

    private async Task<(int Chunks, long Bytes)> PutAsync(string file, Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[SealedImportFiles.MostOfChunk];
        for (var (chunks, bytes) = (0, 0L); ; chunks++)
        {
            var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            if (read == 0)
            {
                return (chunks, bytes);
            }

            CheckLength(bytes += read);
            await _files.PutAsync(Store, file, chunks, buffer.AsMemory(0, read), time.GetUtcNow(), cancellation);
        }
    }

    // What is wrong with the whole file is told to whoever sent it, and at once: its first row has shown it.
    private void Check(string file, int chunks, long bytes, ImportRequest request)
    {
        using var kept = HistoryFile.Read(new ImportFileStream(_files, Store, file, chunks), bytes, request.Encoding);
        var known = request.For(kept.Lines);
        _ = known.Read(kept.Lines, known.ToContext(store.Settings, OneStore.ImportSource, time.GetUtcNow())).FirstOrDefault();
    }

    private void CheckLength(long bytes)
    {
        if (bytes > limits.Value.MostBytes)
        {
            throw new ImportTooLargeException(limits.Value.MostBytes);
        }
    }
}
