using ClvOrleans.Server.Http;
using ClvOrleans.Server.Imports;

namespace ClvOrleans.Server.Api;

/// <summary>The answer to an import: how far it is every second, a JSON object a line, and at last what came of it.</summary>
internal sealed class ImportAnswer(HttpContext http, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Tells how far something is until it ends.</summary>
    public async Task<T> FollowAsync<T>(Task<T> end, Func<Task<ImportProgress?>> look)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var beating = BeatAsync(look, done.Token);
        try
        {
            return await end;
        }
        finally
        {
            await done.CancelAsync();
            await beating;
        }
    }

    /// <summary>Sends refused lines, then the result.</summary>
    public async Task<IResult> EndAsync(ImportResult result, Func<Stream, Task> sendRefused)
    {
        Begin();
        await sendRefused(http.Response.Body);
        await http.Response.Body.WriteAsync(new ImportMessage(Result: result).ToLine(), http.RequestAborted);
        return Results.Empty;
    }

    /// <summary>Says why there is no result: with a status where nothing was sent yet, else as the last line.</summary>
    public async Task<IResult> FailAsync(int status, string code, string message)
    {
        if (!http.Response.HasStarted)
        {
            return ApiErrors.Problem(status, code, message);
        }

        await http.Response.Body.WriteAsync(new ImportMessage(Error: new ImportError(code, message)).ToLine(), http.RequestAborted);
        return Results.Empty;
    }

    // The only writer until the end. A client that sends first and listens then makes it wait, never the import.
    private async Task BeatAsync(Func<Task<ImportProgress?>> look, CancellationToken done)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                if (await look() is { } progress)
                {
                    Begin();
                    await http.Response.Body.WriteAsync(new ImportMessage(Progress: progress).ToLine(), CancellationToken.None);
                    await http.Response.Body.FlushAsync(CancellationToken.None);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The import has ended, or the client has gone.
        }
    }

    private void Begin()
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType = "application/x-ndjson";
        }
    }
}
