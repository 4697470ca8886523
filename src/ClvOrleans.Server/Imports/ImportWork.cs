using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Stores;
using ClvOrleans.Intake.Files;
using ClvOrleans.Storage.ImportFiles;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Imports;

/// <summary>
/// Imports a file that was uploaded, from its start: where it was begun before, its events are known as far as it came, and what is
/// recorded is the same.
/// </summary>
internal sealed class ImportWork(
    Func<StoreId, ImportRoute> routes, IStores stores, IImportFiles files, IErasures erasures, TimeProvider time) : IJobWork
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private readonly SealedImportFiles _files = new(files, store => stores.Find(store).Pseudonyms);

    /// <inheritdoc />
    public JobKind Kind => JobKind.Import;

    /// <inheritdoc />
    public string Remainder => "what was recorded stays";

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(JobRun run)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        run.Enter("Recording the lines");
        var job = run.RequestAs<ImportJob>();
        var request = ImportRequest.Of(job.Options);
        using var refused = job.Refusals ? new RefusalSpool() : null;
        try
        {
            using var file = HistoryFile.Read(
                new ImportFileStream(_files, run.Store, job.File, job.Chunks), job.Length, request.Encoding);
            var import = new ImportRun(file, request, stores.Find(run.Store), routes(run.Store), refused is null ? null : refused.Add);
            var result = await FollowAsync(run, job, import);
            if (refused is not null)
            {
                await run.KeepAsync(); // Of two runs, one keeps its refused lines.
                await KeepAsync(run.Store, job, refused);
            }

            var kept = stores.Find(run.Store).Pseudonyms is null ? result : result.WithoutValues();
            return JobOutcome.Success(JsonSerializer.SerializeToElement(kept, ImportMessage.Json));
        }
        catch (Exception e) when (e is HistoryFormatException or ImportRequestException)
        {
            return JobOutcome.Refusal(
                stores.Find(run.Store).Pseudonyms is null ? e.Message : "The file cannot be read to its end; --dry-run says why.");
        }
    }

    /// <inheritdoc />
    /// <remarks>The file may have held people who were erased meanwhile.</remarks>
    public async Task ClearAsync(StoreId store, JobRecord ended)
    {
        await _files.DeleteAsync(store, JobJson.Read<ImportJob>(ended.Request!.Value).File);
        if (await erasures.FindKeyAsync() is not null && (await erasures.ListAsync(store)).Any(e => e.At >= ended.StartedAt))
        {
            await erasures.CompactAsync();
        }
    }

    private async Task<ImportResult> FollowAsync(JobRun run, ImportJob job, ImportRun import)
    {
        var result = import.RunAsync(run.Cancellation);
        do
        {
            var now = import.Progress;
            run.Count(now.Lines);
            run.Enter("Recording the lines", now.Bytes / (double)Math.Max(1, job.Length));
        }
        while (await Task.WhenAny(result, Task.Delay(Step, time)) != result);
        run.Count(import.Progress.Lines);
        return await result;
    }

    private async Task KeepAsync(StoreId store, ImportJob job, RefusalSpool refused)
    {
        await _files.DeleteAsync(store, job.RefusedFile);
        var number = 0;
        foreach (var chunk in refused.Chunks(SealedImportFiles.MostOfChunk))
        {
            await _files.PutAsync(store, job.RefusedFile, number++, chunk, time.GetUtcNow());
        }
    }
}
