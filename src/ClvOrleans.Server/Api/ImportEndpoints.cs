using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Imports;
using ClvOrleans.Server.Stores;
using Microsoft.AspNetCore.Http.Features;

namespace ClvOrleans.Server.Api;

/// <summary>Takes history files as they are, of any size; answers while they come in, a JSON object a line.</summary>
internal static class ImportEndpoints
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public static void MapImports(this WebApplication app)
    {
        app.MapPost("/api/v1/imports", ImportAsync).DisableAntiforgery();
        app.MapGet("/api/v1/imports", (RunningImports running) => running.List());
    }

    private static async Task<IResult> ImportAsync(
        HttpContext http, [AsParameters] ImportQuery query, RunningImports running, OneStore store, TimeProvider time)
    {
        LiftLimits(http);
        var aborted = http.RequestAborted;
        using var refused = query.Refusals == true ? new RefusalSpool() : null;
        try
        {
            var request = ImportRequest.Of(query.ToOptions());
            var body = http.Request.Body;
            using var file = await Task.Run(() => HistoryFile.Read(body, http.Request.ContentLength, request.Encoding), aborted);
            Action<ImportRefusal>? onRefused = refused is null ? null : refused.Add;
            if (query.DryRun == true)
            {
                var look = new DryRun(file, request, store.Settings, time, onRefused);
                using var looked = running.Add(query.Name, () => look.Progress);
                return await AnswerAsync(http, look.RunAsync, () => look.Progress, refused, time);
            }

            var run = new ImportRun(file, request, http.RequestServices, onRefused);
            using var listed = running.Add(query.Name, () => run.Progress);
            return await AnswerAsync(http, run.RunAsync, () => run.Progress, refused, time);
        }
        catch (ImportRequestException e)
        {
            return await FailAsync(http, ImportError.InvalidRequest, e.Message);
        }
        catch (HistoryFormatException e)
        {
            return await FailAsync(http, ImportError.UnreadableFile, e.Message);
        }
        catch (Exception e) when (aborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // Nobody listens any more; what was acknowledged stays.
            return Results.Empty;
        }
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, Func<CancellationToken, Task<ImportResult>> run, Func<ImportProgress> look, RefusalSpool? refused, TimeProvider time)
    {
        var aborted = http.RequestAborted;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var beating = BeatAsync(http, look, time, done.Token);
        ImportMessage end;
        try
        {
            end = new ImportMessage(Result: await run(aborted));
        }
        finally
        {
            await done.CancelAsync();
            await beating;
        }

        Begin(http);
        await (refused?.CopyToAsync(http.Response.Body, aborted) ?? Task.CompletedTask);
        await http.Response.Body.WriteAsync(end.ToLine(), aborted);
        return Results.Empty;
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

    // The only writer until the end. A client that sends first and listens then makes it wait, never the import.
    private static async Task BeatAsync(HttpContext http, Func<ImportProgress> look, TimeProvider time, CancellationToken done)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                Begin(http);
                await http.Response.Body.WriteAsync(new ImportMessage(Progress: look()).ToLine(), CancellationToken.None);
                await http.Response.Body.FlushAsync(CancellationToken.None);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The import has ended, or the client has gone.
        }
    }

    private static void Begin(HttpContext http)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType = "application/x-ndjson";
        }
    }

    private static async Task<IResult> FailAsync(HttpContext http, string code, string message)
    {
        if (!http.Response.HasStarted)
        {
            return ApiErrors.Problem(StatusCodes.Status400BadRequest, code, message);
        }

        await http.Response.Body.WriteAsync(new ImportMessage(Error: new ImportError(code, message)).ToLine(), http.RequestAborted);
        return Results.Empty;
    }
}
