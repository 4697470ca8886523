using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ClvOrleans.Cli.Commands;
using ClvOrleans.Domain;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Intake;
using ClvOrleans.Server.Stores;
using ClvOrleans.Simulation;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Models;
using Spectre.Console;

namespace ClvOrleans.Cli.Demo;

/// <summary>The demo's way: serve, bring the past, post the calendar, train, show what to ask, and let the customers come.</summary>
internal sealed class DemoRun(string folder, DemoFile file, int pace)
{
    private const string WriteKey = StoreFile.DefaultWriteKey;

    // The clients of the simulated store ask for one consent.
    private const string Settings = $$"""{ "writeKeys": { "{{WriteKey}}": "web" }, "consentCategories": { "marketing": ["marketing"] } }""";

    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);
    private readonly SimulatedStore _store = new(file.Options);
    private readonly DemoClock _clock = new(file.Time);
    private DemoFile _file = file;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(string urls, CancellationToken cancellation)
    {
        ClvHost.CheckFree(urls);
        _file.Save(folder);
        if (!File.Exists(StoreFile.PathIn(folder)))
        {
            await File.WriteAllTextAsync(StoreFile.PathIn(folder), Settings, cancellation);
        }

        await using var app = ClvHost.Build(new ProcessOptions(folder, urls, Clock: _clock));
        Say(_file.IsNew ? (FormattableString)$"Making a store in {folder}" : $"Opening the store in {folder} again");
        await ClvHost.StartAsync(app, urls, cancellation);
        try
        {
            var address = app.Urls.First();
            using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(10) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServiceKey.OfOwn(folder));
            var until = _clock.GetUtcNow();
            if (await SignInLink.MakeAsync(app, folder) is { } link)
            {
                Say($"Its page: {link} signs you in, once, within 15 minutes (clv keys link --data {folder} prints another)");
            }

            await RecordPastAsync(app, until, cancellation);
            await PostMarketAsync(http, until, cancellation);
            await TrainAsync(http, cancellation);
            await DemoBooks.StateAsync(http, cancellation);
            await ShowAsync(http, address, await DemoActs.BeginAsync(http, cancellation), cancellation);
            await LiveAsync(http, cancellation);
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

        var (store, source) = app.Services.GetRequiredService<StoreDirectory>().FindWriteKey(WriteKey)
            ?? throw new CommandException($"{folder}/store.json lacks the write key {WriteKey}, with which the demo sends.");
        var tracking = app.Services.GetRequiredService<StoreScopes>().Get<TrackingIntake>(store.Id);
        var isNew = _file.IsNew;
        var events = await AnsiConsole.Progress().StartAsync(async screen =>
        {
            var task = screen.AddTask(
                isNew ? $"Two years of {_file.Customers} customers" : "What was under way when the last run ended", maxValue: 1);
            var recorded = await DemoHistory.RecordAsync(
                tracking, source, _store, _file.Position, until, done => task.Value = Math.Max(task.Value, done), cancellation);
            task.Value = 1;
            return recorded;
        });
        Keep(_file with { Position = until, Time = Later(until) });
        if (isNew)
        {
            Say($"{events:n0} events recorded.");
        }
    }

    // Entries that exist are not posted again: a changed calendar makes every estimate stale.
    private async Task PostMarketAsync(HttpClient http, DateTimeOffset until, CancellationToken cancellation)
    {
        var there = (await http.GetFromJsonAsync("api/v1/market", DomainJson.Default.ImmutableArrayMarketEntry, cancellation))
            .Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        var entries = _store.MarketUntil(until.Year + 1).RemoveAll(e => there.Contains(e.Id));
        if (entries.IsEmpty)
        {
            return;
        }

        using var reply = await http.PostAsJsonAsync("api/v1/market", entries, DomainJson.Default.ImmutableArrayMarketEntry, cancellation);
        reply.EnsureSuccessStatusCode();
        Say($"{entries.Length} promotions, seasons and competitors' campaigns posted to the market calendar.");
    }

    private static async Task TrainAsync(HttpClient http, CancellationToken cancellation)
    {
        var models = await http.GetFromJsonAsync<JsonElement>("api/v1/models", cancellation);
        if (models.GetProperty("champion").GetString() is { } champion && champion != PriorModel.Version.Id
            && !champion.StartsWith(ModelVersion.FirstName, StringComparison.Ordinal))
        {
            Say($"Model {champion} is in use.");
            return;
        }

        // The last run may have ended while it trained: the service goes on with it.
        var job = await AnsiConsole.Status().StartAsync(
            "Training the models", _ => JobWatch.JoinAsync(http, JobKind.Training, "api/v1/models/train", cancellation));
        if (job.State == JobState.Refused)
        {
            Say($"{job.Message} The prior stays in use.");
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        Say($"Model {JobWatch.ResultOf(job).GetProperty("champion").GetString()} is in use.");
    }

    private async Task ShowAsync(HttpClient http, string address, DemoActs acts, CancellationToken cancellation)
    {
        var decided = await DemoDecisions.TellAsync(http, cancellation);
        var examples = await DemoExamples.WriteAsync(http, folder, WriteKey, _file.Example, acts, cancellation);
        Keep(_file with { Example = examples.Customer });
        Say($"""

            The store is open at {address} (API: {address}/docs). Try, in another terminal:

            {string.Join(Environment.NewLine, examples.Lines)}

            What the policies have decided so far:

            {string.Join(Environment.NewLine, decided)}

            Customers keep coming, and the store's clock runs {pace:n0} times as fast as yours, from {_clock.GetUtcNow():yyyy-MM-dd} on.
            Ctrl-C ends it; the same command goes on; deleting {folder} starts anew.
            """);
    }

    private async Task LiveAsync(HttpClient http, CancellationToken cancellation)
    {
        var traffic = new DemoTraffic(http, WriteKey, _store, _clock);
        var tally = new DemoTally(_file.Position);
        _clock.Go(pace);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var saving = SaveAsync(tally, done.Token);
        var telling = new DemoFirstActs(http).TellAsync(AnsiConsole.Console.WriteLine, done.Token);
        try
        {
            if (AnsiConsole.Profile.Capabilities.Interactive)
            {
                await AnsiConsole.Status().StartAsync(
                    "Waiting for customers",
                    screen => traffic.RunAsync(_file.Position, e => screen.Status(tally.Count(e, _clock.GetUtcNow())), cancellation));
            }
            else
            {
                await traffic.RunAsync(_file.Position, e => tally.Count(e, _clock.GetUtcNow()), cancellation);
            }
        }
        finally
        {
            await done.CancelAsync();
            await saving;
            await ((Task)telling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Keep(_file with { Position = tally.Position, Time = _clock.GetUtcNow() });
        }
    }

    private async Task SaveAsync(DemoTally tally, CancellationToken done)
    {
        using var timer = new PeriodicTimer(SaveEvery);
        try
        {
            do
            {
                Keep(_file with { Position = tally.Position, Time = Later(_clock.GetUtcNow()) });
            }
            while (await timer.WaitForNextTickAsync(done));
        }
        catch (OperationCanceledException)
        {
            // The demo ends, and its last state is saved.
        }
    }

    // Ahead of the clock by more than it goes until the next time: a run after a crash must not start before what the store has seen.
    private DateTimeOffset Later(DateTimeOffset time) => time + (3 * pace * SaveEvery);

    private void Keep(DemoFile changed)
    {
        _file = changed;
        _file.Save(folder);
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
