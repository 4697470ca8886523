using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Valuation.Jobs;
using Spectre.Console;

namespace ClvOrleans.Cli.Commands;

/// <summary>Asks a service for a job, tells what it does, and waits for it; cancels it where the command is interrupted.</summary>
internal static class JobWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Runs a job to its end, however it ends.</summary>
    /// <param name="http">The service.</param>
    /// <param name="address">Address that begins it.</param>
    /// <param name="quiet">Whether to tell nothing.</param>
    /// <param name="cancellation">The interrupt.</param>
    /// <exception cref="CommandException">The service did not begin it; the message says why.</exception>
    public static async Task<JobRecord> RunAsync(HttpClient http, string address, bool quiet, CancellationToken cancellation)
    {
        var begun = await BeginAsync(http, address, cancellation);
        return quiet
            ? await FollowAsync(http, begun, _ => Task.CompletedTask, cancellation)
            : await Terminal.Error.Status().StartAsync(Words(begun), async context =>
            {
                var shown = 0;
                return await FollowAsync(http, begun, async job =>
                {
                    context.Status(Words(job));
                    shown = job.Kind == JobKind.Training ? await TellLogAsync(http, shown) : shown;
                }, cancellation);
            });
    }

    /// <summary>The same in silence, with the job of its kind that waits or runs already where there is one.</summary>
    public static async Task<JobRecord> JoinAsync(HttpClient http, JobKind kind, string address, CancellationToken cancellation)
    {
        using var reply = await http.GetAsync("api/v1/jobs", cancellation);
        using var list = JsonDocument.Parse(await Service.ReadAsync(reply, cancellation));
        var jobs = list.RootElement.GetProperty("jobs").Deserialize<JobRecord[]>(Json)!;
        return jobs.FirstOrDefault(j => j.Kind == kind && j.IsOpen) is { } open
            ? await FollowAsync(http, open, _ => Task.CompletedTask, cancellation)
            : await RunAsync(http, address, quiet: true, cancellation);
    }

    /// <summary>The result of a job. <exception cref="CommandException">It has none; the message says why.</exception></summary>
    public static JsonElement ResultOf(JobRecord job) =>
        job.Result ?? throw new CommandException(job.Message ?? $"{job.Id} has no result.");

    private static async Task<JobRecord> BeginAsync(HttpClient http, string address, CancellationToken cancellation)
    {
        using var reply = await http.PostAsync(address, null, cancellation);
        return JsonSerializer.Deserialize<JobRecord>(await Service.ReadAsync(reply, cancellation), Json)!;
    }

    private static async Task<JobRecord> FollowAsync(
        HttpClient http, JobRecord job, Func<JobRecord, Task> tell, CancellationToken cancellation)
    {
        while (job.IsOpen)
        {
            try
            {
                await Task.Delay(Pause, cancellation);
            }
            catch (OperationCanceledException)
            {
                return await CancelAsync(http, job);
            }

            job = await FindAsync(http, job);
            await tell(job);
        }

        return job;
    }

    // Where it is too late, the job says what came of it. Where the service is stopping by the same interrupt, it ends the job itself.
    private static async Task<JobRecord> CancelAsync(HttpClient http, JobRecord job)
    {
        try
        {
            using var reply = await http.DeleteAsync($"api/v1/jobs/{job.Id}", CancellationToken.None);
            if (reply.StatusCode == HttpStatusCode.Conflict)
            {
                return await FollowAsync(http, await FindAsync(http, job), _ => Task.CompletedTask, CancellationToken.None);
            }

            return JsonSerializer.Deserialize<JobRecord>(await Service.ReadAsync(reply, CancellationToken.None), Json)!;
        }
        catch (Exception e) when (e is HttpRequestException or CommandException)
        {
            return job with { State = JobState.Cancelled, Message = "Cancelled; nothing changed." };
        }
    }

    private static async Task<JobRecord> FindAsync(HttpClient http, JobRecord job)
    {
        using var reply = await http.GetAsync($"api/v1/jobs/{job.Id}", CancellationToken.None);
        return JsonSerializer.Deserialize<JobRecord>(await Service.ReadAsync(reply, CancellationToken.None), Json)!;
    }

    // The log of a training, as it grows.
    private static async Task<int> TellLogAsync(HttpClient http, int shown)
    {
        using var reply = await http.GetAsync("api/v1/models/training", CancellationToken.None);
        if (!reply.IsSuccessStatusCode)
        {
            return shown;
        }

        using var training = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(CancellationToken.None));
        foreach (var line in training.RootElement.GetProperty("log").EnumerateArray().Skip(shown))
        {
            Terminal.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{line.GetProperty("at").GetDateTimeOffset():HH:mm:ss}  {line.GetProperty("text").GetString()}"));
            shown++;
        }

        return shown;
    }

    private static string Words(JobRecord job) =>
        Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{job.Progress:0 %}  {job.Stage}"));
}
