using System.Text.Json;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Imports;
using ClvOrleans.Server.Stores;
using ClvOrleans.Valuation.Jobs;
using Microsoft.AspNetCore.Http.Features;

namespace ClvOrleans.Server.Api;

/// <summary>Takes history files as they are, and has a job import each; answers how far it is, a JSON object a line.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this WebApplication app)
    {
        app.MapPost("/api/v1/imports", ImportAsync).DisableAntiforgery();
        app.MapGet("/api/v1/imports", ListAsync);
    }

    private static async Task<IReadOnlyDictionary<string, ImportProgress>> ListAsync(
        RunningImports running, ImportJobs jobs, CancellationToken cancellation)
    {
        var all = new Dictionary<string, ImportProgress>(running.List(), StringComparer.Ordinal);
        foreach (var (name, progress) in await jobs.ListAsync(cancellation))
        {
            all[name] = progress;
        }

        return all;
    }

    private static async Task<IResult> ImportAsync(
        HttpContext http, [AsParameters] ImportQuery query, RunningImports running, ImportSpool spool, ImportJobs jobs, OneStore store,
        TimeProvider time)
    {
        LiftLimits(http);
        var answer = new ImportAnswer(http, time);
        var aborted = http.RequestAborted;
        try
        {
            var request = ImportRequest.Of(query.ToOptions());
            return query.DryRun == true
                ? await LookAsync(http, query, request, running, store, answer, time)
                : await RunAsync(http, query, request, running, spool, jobs, answer);
        }
        catch (ImportRequestException e)
        {
            return await answer.FailAsync(StatusCodes.Status400BadRequest, ImportError.InvalidRequest, e.Message);
        }
        catch (HistoryFormatException e)
        {
            return await answer.FailAsync(StatusCodes.Status400BadRequest, ImportError.UnreadableFile, e.Message);
        }
        catch (ImportTooLargeException e)
        {
            return await answer.FailAsync(StatusCodes.Status413PayloadTooLarge, ImportError.FileTooLarge, e.Message);
        }
        catch (Exception e) when (aborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // Nobody listens any more; the job goes on where the whole file had come.
            return Results.Empty;
        }
    }

    private static async Task<IResult> LookAsync(
        HttpContext http, ImportQuery query, ImportRequest request, RunningImports running, OneStore store, ImportAnswer answer,
        TimeProvider time)
    {
        var aborted = http.RequestAborted;
        using var refused = query.Refusals == true ? new RefusalSpool() : null;
        using var file = await Task.Run(
            () => HistoryFile.Read(http.Request.Body, http.Request.ContentLength, request.Encoding), aborted);
        var look = new DryRun(file, request, store.Settings, time, refused is null ? null : refused.Add);
        using var listed = running.Add(query.Name, () => look.Progress);
        var result = await answer.FollowAsync(look.RunAsync(aborted), () => Task.FromResult<ImportProgress?>(look.Progress));
        return await answer.EndAsync(result, target => refused?.CopyToAsync(target, aborted) ?? Task.CompletedTask);
    }

    private static async Task<IResult> RunAsync(
        HttpContext http, ImportQuery query, ImportRequest request, RunningImports running, ImportSpool spool, ImportJobs jobs,
        ImportAnswer answer)
    {
        var isAsync = http.Request.Headers["Prefer"].Any(p => p!.Contains("respond-async", StringComparison.OrdinalIgnoreCase));
        if (isAsync && query.Refusals == true)
        {
            throw new ImportRequestException("refusals: whoever asks for them has to wait for them; leave out Prefer: respond-async.");
        }

        var aborted = http.RequestAborted;
        var import = await TakeAsync(http, query, request, running, spool);
        var job = await jobs.BeginAsync(import, query.Name);
        http.Response.Headers.Location = $"/api/v1/jobs/{job.Id}";
        if (isAsync)
        {
            http.Response.Headers["Preference-Applied"] = "respond-async";
            return Results.Accepted($"/api/v1/jobs/{job.Id}", job);
        }

        var ended = await answer.FollowAsync(jobs.WaitAsync(job, aborted), () => jobs.FindProgressAsync(job));
        return ended.State switch
        {
            JobState.Succeeded => await answer.EndAsync(
                ended.Result!.Value.Deserialize<ImportResult>(ImportMessage.Json)!,
                target => import.Refusals ? spool.SendRefusedAsync(import, target, aborted) : Task.CompletedTask),
            JobState.Refused => await answer.FailAsync(StatusCodes.Status400BadRequest, ImportError.UnreadableFile, ended.Message!),
            JobState.Cancelled => await answer.FailAsync(StatusCodes.Status409Conflict, ImportError.Cancelled, ended.Message!),
            _ => await answer.FailAsync(StatusCodes.Status500InternalServerError, ImportError.Failed, ended.Message!),
        };
    }

    private static async Task<ImportJob> TakeAsync(
        HttpContext http, ImportQuery query, ImportRequest request, RunningImports running, ImportSpool spool)
    {
        var length = http.Request.ContentLength;
        using var listed = running.Add(query.Name, () => new ImportProgress(0, 0, length));
        return await spool.TakeAsync(http.Request.Body, length, request, query.Refusals == true, http.RequestAborted);
    }

    // A file may be of any size, and the journal decides how fast it is read. The readers read synchronously, on a thread of their own.
    private static void LiftLimits(HttpContext http)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        if (http.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
