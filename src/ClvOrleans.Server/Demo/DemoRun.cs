using System.Globalization;
using ClvOrleans.Model;
using ClvOrleans.Model.Jobs;
using ClvOrleans.Server.Commands;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Intake;
using ClvOrleans.Training.Simulation;
using Spectre.Console;

namespace ClvOrleans.Server.Demo;

/// <summary>The demo's way: serve, bring the past, post the calendar, train, show what to ask, and let the customers come.</summary>
internal sealed class DemoRun(string folder, DemoFile file, int pace)
{
    private const string WriteKey = StoreFile.DefaultWriteKey;
    private readonly SimulatedStore _store = new(file.ToOptions());
    private DemoFile _file = file;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(string urls, CancellationToken cancellation)
    {
        Say($"Starting a store in {folder}");
        await using var app = ClvHost.Build(new ProcessOptions(folder, urls));
        await ClvHost.StartAsync(app, urls, cancellation);
        try
        {
            var address = app.Urls.First();
            var time = app.Services.GetRequiredService<TimeProvider>();
            using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(10) };
            var until = time.GetUtcNow();
            await RecordPastAsync(app, until, cancellation);
            await PostMarketAsync(http, until, cancellation);
            await TrainAsync(http, cancellation);
            await ShowAsync(http, address, cancellation);
            await LiveAsync(http, time, cancellation);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private async Task RecordPastAsync(WebApplication app, DateTimeOffset until, CancellationToken cancellation)
    {
        if (_file.Position >= until)
        {
            return;
        }

        var source = app.Services.GetRequiredService<OneStore>().FindSource(WriteKey)
            ?? throw new InvalidOperationException($"{folder}/store.json lacks the write key {WriteKey}, with which the demo sends.");
        var tracking = app.Services.GetRequiredService<Tracking>();
        var started = _file.Position == _file.Start ? $"Two years of {_file.Customers} customers" : "What happened since the last run";
        var events = await AnsiConsole.Progress().StartAsync(async screen =>
        {
            var task = screen.AddTask(started, maxValue: 1);
            var recorded = await DemoHistory.RecordAsync(
                tracking, source, _store, _file.Position, until, done => task.Value = Math.Max(task.Value, done), cancellation);
            task.Value = 1;
            return recorded;
        });
        Say($"{events:n0} events recorded.");
        _file = _file with { Position = until };
        _file.Save(folder);
    }

    private async Task PostMarketAsync(HttpClient http, DateTimeOffset until, CancellationToken cancellation)
    {
        var entries = _store.MarketUntil(until.Year + 1);
        using var reply = await http.PostAsJsonAsync("api/market", entries, ModelJson.Default.ImmutableArrayMarketEntry, cancellation);
        reply.EnsureSuccessStatusCode();
        Say($"{entries.Length} promotions, seasons and competitors' campaigns posted to the market calendar.");
    }

    private static async Task TrainAsync(HttpClient http, CancellationToken cancellation)
    {
        var job = await AnsiConsole.Status().StartAsync("Training the models", _ => JobWatch.RunAsync(http, "api/models/train", quiet: true, cancellation));
        if (job.State == JobState.Refused)
        {
            Say($"{job.Message} The prior stays in force.");
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        Say($"Model {JobWatch.ResultOf(job).GetProperty("champion").GetString()} is in force.");
    }

    private async Task ShowAsync(HttpClient http, string address, CancellationToken cancellation)
    {
        var examples = await DemoExamples.WriteAsync(http, WriteKey, cancellation);
        Say($"""

            The store is open at {address} (API: {address}/docs). Try, in another terminal:

            {string.Join(Environment.NewLine, examples)}

            Customers keep coming, {pace} times as fast as in life. Ctrl-C ends it; the same command goes on; deleting {folder} starts anew.
            """);
    }

    private async Task LiveAsync(HttpClient http, TimeProvider time, CancellationToken cancellation)
    {
        var traffic = new DemoTraffic(http, WriteKey, _store, time);
        var (now, after) = (time.GetUtcNow(), _file.Position);
        var from = now > after ? now : after;
        var tally = new DemoTally(time, e =>
        {
            _file = _file with { Position = e.At };
            _file.Save(folder);
        });
        if (AnsiConsole.Profile.Capabilities.Interactive)
        {
            await AnsiConsole.Status().StartAsync(
                "Waiting for customers", screen => traffic.RunAsync(from, after, pace, e => screen.Status(tally.Count(e)), cancellation));
        }
        else
        {
            await traffic.RunAsync(from, after, pace, e => tally.Count(e), cancellation);
        }
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
