using System.Globalization;
using System.Net;
using System.Text.Json;
using Spectre.Console;

namespace ClvOrleans.Server.Commands;

/// <summary>Waits for a training and tells what it does; cancels it where the command is interrupted.</summary>
internal static class TrainingWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks for a training; the answer to it.</summary>
    /// <param name="http">The service.</param>
    /// <param name="address">Address that trains.</param>
    /// <param name="quiet">Whether to tell nothing.</param>
    /// <param name="cancellation">The interrupt.</param>
    /// <exception cref="CommandException">It was cancelled; nothing changed.</exception>
    public static async Task<HttpResponseMessage> TrainAsync(HttpClient http, string address, bool quiet, CancellationToken cancellation)
    {
        // Not cancelled itself: the service answers when the training has ended, and says how.
        var training = http.PostAsync(address, null, CancellationToken.None);
        var reply = quiet ? await EndAsync(http, training, cancellation) : await ShowAsync(http, training, cancellation);
        return cancellation.IsCancellationRequested && reply.StatusCode == HttpStatusCode.Conflict
            ? throw new CommandException("Cancelled; nothing changed.")
            : reply;
    }

    private static Task<HttpResponseMessage> ShowAsync(HttpClient http, Task<HttpResponseMessage> training, CancellationToken cancellation) =>
        Terminal.Error.Status().StartAsync("Training", async context =>
        {
            var shown = 0;
            while (!training.IsCompleted && !cancellation.IsCancellationRequested)
            {
                await Task.WhenAny(training, Task.Delay(Pause, cancellation));
                await TellAsync(last: false);
            }

            context.Status(cancellation.IsCancellationRequested ? "Cancelling" : "Training");
            var reply = await EndAsync(http, training, cancellation);
            if (reply.IsSuccessStatusCode)
            {
                await TellAsync(last: true);
            }

            return reply;

            async Task TellAsync(bool last)
            {
                if (await CurrentAsync(http) is not { } current || (!last && current.GetProperty("outcome").GetString() != "Running"))
                {
                    return;
                }

                foreach (var line in current.GetProperty("log").EnumerateArray().Skip(shown))
                {
                    Terminal.Error.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{line.GetProperty("at").GetDateTimeOffset():HH:mm:ss}  {line.GetProperty("text").GetString()}"));
                    shown++;
                }

                context.Status(current.GetProperty("stage").GetString()!);
            }
        });

    // Where it is too late, or the service is stopping by the same interrupt, the answer to the training itself says what came of it.
    private static async Task<HttpResponseMessage> EndAsync(HttpClient http, Task<HttpResponseMessage> training, CancellationToken cancellation)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = cancellation.Register(interrupted.SetResult);
        if (await Task.WhenAny(training, interrupted.Task) == interrupted.Task)
        {
            try
            {
                using var _ = await http.DeleteAsync("api/models/training", CancellationToken.None);
            }
            catch (HttpRequestException)
            {
                // See above.
            }
        }

        return await training;
    }

    private static async Task<JsonElement?> CurrentAsync(HttpClient http)
    {
        try
        {
            using var reply = await http.GetAsync("api/models/training", CancellationToken.None);
            if (!reply.IsSuccessStatusCode)
            {
                return null;
            }

            using var document = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(CancellationToken.None));
            return document.RootElement.Clone();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
