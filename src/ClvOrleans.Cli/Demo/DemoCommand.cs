using System.CommandLine;
using ClvOrleans.Cli.Commands;

namespace ClvOrleans.Cli.Demo;

/// <summary><c>clv demo</c>: a simulated store with two years of history, its model trained, and customers who keep coming.</summary>
internal static class DemoCommand
{
    public const string Name = "demo";

    private const int DayInAMinute = 1_440;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Folder of the demo's store; created if it is missing.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "./clv-demo",
        };
        var customers = SimulationOptions.Customers();
        var seed = SimulationOptions.Seed();
        var pace = new Option<int>("--pace")
        {
            Description = "Seconds that pass in the store in one real second: 1 is real time, 1440 a day in a minute.",
            HelpName = "N",
            DefaultValueFactory = _ => DayInAMinute,
        };
        pace.Validators.Add(SimulationOptions.Within(1, 86_400));
        var command = new Command(Name, "Show everything on a simulated store. Running it again goes on with the same store.")
        {
            data, customers, seed, pace,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield(); // Signals are heard from the first wait on.

            // After Ctrl-C a training may have to come to its end first.
            parsed.InvocationConfiguration.ProcessTerminationTimeout = LongestEnd;
            var given = parsed.GetResult(Shared.Data) is { Implicit: false } ? parsed.GetValue(Shared.Data) : parsed.GetValue(data);
            var (folder, urls) = (Path.GetFullPath(given!), parsed.GetValue(Shared.Urls)!);
            var file = DemoFile.ReadOrNew(folder, parsed.GetValue(customers), parsed.GetValue(seed), TimeProvider.System.GetUtcNow());
            Shared.CheckUrls(urls);
            try
            {
                await new DemoRun(folder, file, parsed.GetValue(pace)).RunAsync(urls, cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                // Ctrl-C: what was acknowledged is there, and the next run goes on. Whatever was under way then fails in its own way.
            }

            return 0;
        });
        return command;
    }
}
