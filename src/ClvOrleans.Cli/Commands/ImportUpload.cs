using System.Net;
using System.Text.Json;
using ClvOrleans.Intake.Files;
using ClvOrleans.Server.Imports;

namespace ClvOrleans.Cli.Commands;

/// <summary>
/// Sends a file, as it is, to the service that has the folder. Once all is sent, it is imported, whatever happens to this process.
/// </summary>
internal sealed class ImportUpload(HttpClient http, string path, ImportRequest request, bool isDryRun, Action<ImportRefusal>? onRefused)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private readonly string _name = $"{Path.GetFileName(path)}-{Environment.ProcessId}";

    public ImportProgress Progress { get; private set; } = new(0, 0, new FileInfo(path).Length);

    public async Task<ImportResult> RunAsync(CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var following = FollowAsync(done.Token);
        try
        {
            return await SendAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !isDryRun)
        {
            throw new CommandException(
                "Interrupted. If the whole file had come, the service goes on with it: GET /api/v1/jobs shows it, "
                    + "DELETE /api/v1/jobs/ID ends it.");
        }
        finally
        {
            await done.CancelAsync();
            await following;
        }
    }

    private async Task<ImportResult> SendAsync(CancellationToken cancellation)
    {
        using var content = new StreamContent(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan));
        using var message = new HttpRequestMessage(HttpMethod.Post, "api/v1/imports" + Query()) { Content = content };
        using var reply = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (reply.StatusCode == HttpStatusCode.BadRequest)
        {
            var error = JsonSerializer.Deserialize<ImportError>(await reply.Content.ReadAsStringAsync(cancellation), ImportMessage.Json)!;
            throw Failure(error);
        }

        if (!reply.IsSuccessStatusCode)
        {
            throw new CommandException(await Service.ReadAsync(reply, cancellation));
        }

        using var lines = new StreamReader(await reply.Content.ReadAsStreamAsync(cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            switch (ImportMessage.Parse(line))
            {
                case { Refused: { } refusal }:
                    onRefused?.Invoke(refusal);
                    break;
                case { Result: { } result }:
                    return result;
                case { Error: { } error }:
                    throw Failure(error);
            }
        }

        throw new CommandException(
            "The connection to the service was lost. If the whole file had come, the service goes on with it; run the import again "
                + "to be sure.");
    }

    private static Exception Failure(ImportError error) =>
        error.Code == ImportError.InvalidRequest ? new ImportRequestException(error.Message) : new HistoryFormatException(error.Message);

    private string Query()
    {
        var query = QueryString.Create("name", _name).Add("refusals", onRefused is null ? "false" : "true")
            .Add("dryRun", isDryRun ? "true" : "false");
        var options = request.Options with { Format = request.Reader!.Format };
        return options.Said().Aggregate(query, (q, option) => q.Add(option.Key, option.Value)).ToUriComponent();
    }

    // Over HTTP/1.1 the answer is heard only when all is sent: how far it is, is asked for beside.
    private async Task FollowAsync(CancellationToken done)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                var running = await http.GetFromJsonAsync<Dictionary<string, ImportProgress>>("api/v1/imports", ImportMessage.Json, done);
                Progress = running!.GetValueOrDefault(_name, Progress);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            // The import has ended; if it failed, sending says why.
        }
    }
}
