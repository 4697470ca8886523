using System.CommandLine;
using System.Net;
using System.Text.Json;
using ClvOrleans.Server.Demo;
using ClvOrleans.Server.Hosting;
using ClvOrleans.Server.Intake;
using ClvOrleans.Training.Simulation;
using Spectre.Console;

namespace ClvOrleans.Server.Commands;

/// <summary><c>clv demo</c>: a simulated store with two years of history, its model trained, and customers who keep coming.</summary>
internal static class DemoCommand
{
    private const string DefaultFolder = "./clv-demo";
    private const double DayInAMinute = 1_440;
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);

    public static Command Create(Option<string> data, Option<string> urls)
    {
        var customers = SimulationOptions.Customers();
        var seed = SimulationOptions.Seed();
        var pace = new Option<double>("--pace")
        {
            Description = "Seconds of the simulated store in one of ours, 1 to 86400. Default 1440: a day in a minute.",
            DefaultValueFactory = _ => DayInAMinute,
        };
        pace.Validators.Add(SimulationOptions.Within(1, 86_400));
        var command = new Command("demo", $"Show everything on a simulated store. Its folder is {DefaultFolder} unless --data names another; running it again goes on.") { customers, seed, pace };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetResult(data) is { Implicit: false } ? parsed.GetValue(data)! : DefaultFolder;
            var demo = DemoFile.ReadOrPlan(folder, parsed.GetValue(customers), parsed.GetValue(seed), TimeProvider.System.GetUtcNow());
            try
            {
                await RunAsync(demo, folder, parsed.GetValue(urls)!, parsed.GetValue(pace), cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Ctrl-C: what was acknowledged is there, and the next run goes on.
            }

            return 0;
        });
        return command;
    }

    private static async Task RunAsync(DemoFile demo, string folder, string urls, double pace, CancellationToken cancellation)
    {
        await using var app = ClvHost.Build(new ProcessOptions(folder, urls));
        await app.StartAsync(cancellation);
        try
        {
            demo.Save(folder);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(10) };
            var source = app.Services.GetRequiredService<OneStore>().FindSource(StoreFile.DefaultWriteKey)
                ?? throw new InvalidOperationException($"{folder}/store.json lacks the write key {StoreFile.DefaultWriteKey}, with which the demo sends.");
            var store = new SimulatedStore(demo.ToOptions());
            var time = app.Services.GetRequiredService<TimeProvider>();
            demo = await CatchUpAsync(app, http, source, store, demo, time.GetUtcNow(), cancellation);
            demo.Save(folder);
            await TrainAsync(http, cancellation);
            AnsiConsole.WriteLine();
            Console.WriteLine($"The demo store is at {app.Urls.First()} (API: {app.Urls.First()}/docs)");
            Console.WriteLine("Try, from another terminal:");
            Console.WriteLine();
            foreach (var line in await DemoExamples.WriteAsync(http, StoreFile.DefaultWriteKey, cancellation))
            {
                Console.WriteLine(line);
            }

            Console.WriteLine();
            Console.WriteLine($"Its customers keep coming, {pace:0} times as fast as in life. Ctrl-C ends it; the same command goes on, deleting {folder} starts anew.");
            await LiveAsync(http, store, demo, folder, pace, time, cancellation);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }
}
