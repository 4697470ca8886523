using System.CommandLine;
using ClvOrleans.Server.Demo;

namespace ClvOrleans.Server.Commands;

/// <summary><c>clv demo</c>: a simulated store with two years of history, its model trained, and customers who keep coming.</summary>
internal static class DemoCommand
{
    private const string DefaultFolder = "./clv-demo";
    private const int DayInAMinute = 1_440;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var customers = SimulationOptions.Customers();
        var seed = SimulationOptions.Seed();
        var pace = new Option<int>("--pace")
        {
            Description = $"Seconds of the simulated store in one of ours: 1 is life. Default {DayInAMinute}, a day in a minute.",
            DefaultValueFactory = _ => DayInAMinute,
        };
        pace.Validators.Add(SimulationOptions.Within(1, 86_400));
        var command = new Command("demo", $"Show everything on a simulated store in {DefaultFolder}, or --data. Running it again goes on.")
        {
            customers, seed, pace,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield(); // Signals are heard from the first wait on.

            // After Ctrl-C a training may have to come to its end first.
            parsed.InvocationConfiguration.ProcessTerminationTimeout = LongestEnd;
            var folder = Path.GetFullPath(parsed.GetResult(Shared.Data) is { Implicit: false } ? parsed.GetValue(Shared.Data)! : DefaultFolder);
            var file = DemoFile.ReadOrCreate(folder, parsed.GetValue(customers), parsed.GetValue(seed), TimeProvider.System.GetUtcNow());
            try
            {
                await new DemoRun(folder, file, parsed.GetValue(pace)).RunAsync(parsed.GetValue(Shared.Urls)!, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Ctrl-C: what was acknowledged is there, and the next run goes on.
            }

            return 0;
        });
        return command;
    }
}
